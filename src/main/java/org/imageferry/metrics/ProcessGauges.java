package org.imageferry.metrics;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;

/// This process and its Java virtual machine. The names are those that Prometheus' own clients use.
final class ProcessGauges {
    private static final double MILLIS = 1e3;

    private ProcessGauges() {}

    /// @param version of the program
    static void register(PrometheusRegistry registry, String version) {
        Info.builder()
                .name("imageferry_build_info")
                .help("The program.")
                .labelNames("version")
                .register(registry)
                .setLabelValues(version);
        process(registry);
        memory(registry);
        CounterWithCallback.builder()
                .name("jvm_gc_collection_seconds_total")
                .unit(Unit.SECONDS)
                .help("Time spent in garbage collection.")
                .labelNames("gc")
                .callback(each -> {
                    for (GarbageCollectorMXBean gc :
                            ManagementFactory.getGarbageCollectorMXBeans()) {
                        each.call(Math.max(0, gc.getCollectionTime()) / MILLIS, gc.getName());
                    }
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_threads_current")
                .help("Threads of the operating system; virtual threads are not counted.")
                .callback(each -> each.call(ManagementFactory.getThreadMXBean().getThreadCount()))
                .register(registry);
    }

    private static void process(PrometheusRegistry registry) {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .unit(Unit.SECONDS)
                .help("Processor time, of all threads.")
                .callback(each -> each.call(Spans.seconds(Math.max(0, system.getProcessCpuTime()))))
                .register(registry);
        GaugeWithCallback.builder()
                .name("process_start_time_seconds")
                .unit(Unit.SECONDS)
                .help("When the process started, in seconds since 1970.")
                .callback(each ->
                        each.call(ManagementFactory.getRuntimeMXBean().getStartTime() / MILLIS))
                .register(registry);
        if (system instanceof UnixOperatingSystemMXBean unix) {
            GaugeWithCallback.builder()
                    .name("process_open_fds")
                    .help("Open file descriptors.")
                    .callback(each -> each.call((double) unix.getOpenFileDescriptorCount()))
                    .register(registry);
            GaugeWithCallback.builder()
                    .name("process_max_fds")
                    .help("File descriptors that may be open at once.")
                    .callback(each -> each.call((double) unix.getMaxFileDescriptorCount()))
                    .register(registry);
        }
    }

    private static void memory(PrometheusRegistry registry) {
        GaugeWithCallback.builder()
                .name("jvm_memory_used_bytes")
                .unit(Unit.BYTES)
                .help("Memory that Java uses, by area: heap, nonheap or direct.")
                .labelNames("area")
                .callback(each -> {
                    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
                    MemoryUsage rest = ManagementFactory.getMemoryMXBean().getNonHeapMemoryUsage();
                    each.call((double) heap.getUsed(), "heap");
                    each.call((double) rest.getUsed(), "nonheap");
                    each.call((double) direct(), "direct");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("jvm_memory_max_bytes")
                .unit(Unit.BYTES)
                .help("Memory that Java may use.")
                .labelNames("area")
                .callback(each -> each.call((double) Runtime.getRuntime().maxMemory(), "heap"))
                .register(registry);
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .filter(used -> used > 0)
                .sum();
    }
}
