package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// The queues and what goes through them. It is the whole installation's, whichever node is asked.
final class TaskMeters {
    private static final String[] LABELS = {"region", "action"};
    private static final double MILLIS = 1_000;

    private final List<RegionId> regions;
    private final Gauge waiting;
    private final Gauge running;
    private final Gauge oldest;
    private final Counter ended;
    private final Histogram took;
    private final Counter done;
    private final Counter moved;
    private final Counter stored;
    private final Counter shared;

    TaskMeters(PrometheusRegistry registry, List<RegionId> regions) {
        this.regions = List.copyOf(regions);
        this.waiting =
                gauge("imageferry_tasks_waiting", "Tasks that wait in a queue.").register(registry);
        this.running = gauge("imageferry_tasks_running", "Tasks that run.").register(registry);
        this.oldest =
                gauge(
                                "imageferry_oldest_waiting_task_age_seconds",
                                "How long the task waits that waits longest; 0 if none does.")
                        .unit(Unit.SECONDS)
                        .register(registry);
        this.ended =
                Counter.builder()
                        .name("imageferry_tasks_ended_total")
                        .help("Tasks that ended, by how: finished, failed or cancelled.")
                        .labelNames("region", "action", "outcome")
                        .register(registry);
        this.took =
                histogram(
                                "imageferry_task_duration_seconds",
                                "Time from a task's acceptance to its end, of those that finished.")
                        .register(registry);
        this.done =
                bytes("imageferry_task_done_bytes_total", "Bytes of content dealt with.")
                        .register(registry);
        this.moved =
                bytes(
                                "imageferry_task_new_bytes_total",
                                "Of these, bytes that were new to the region.")
                        .register(registry);
        this.stored =
                bytes(
                                "imageferry_task_stored_bytes_total",
                                "Bytes written to the region's store for them, compressed.")
                        .register(registry);
        this.shared =
                bytes(
                                "imageferry_task_shared_bytes_total",
                                "Bytes that the region had already, of tasks that finished.")
                        .register(registry);
    }

    private static Gauge.Builder gauge(String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames(LABELS);
    }

    private static Histogram.Builder histogram(String name, String help) {
        return Histogram.builder()
                .name(name)
                .unit(Unit.SECONDS)
                .help(help)
                .labelNames(LABELS)
                .classicOnly()
                .classicUpperBounds(Spans.TASKS);
    }

    private static Counter.Builder bytes(String name, String help) {
        return Counter.builder().name(name).unit(Unit.BYTES).help(help).labelNames(LABELS);
    }

    /// The queues as they are at `now`. What is not in `loads` is empty.
    void queues(List<Tasks.Load> loads, Instant now) {
        for (RegionId region : regions) {
            for (Work.Action action : Work.Action.values()) {
                set(new Tasks.Load(region, action, 0, 0, Optional.empty()), now);
            }
        }
        loads.forEach(load -> set(load, now));
    }

    private void set(Tasks.Load load, Instant now) {
        String region = load.region().value();
        String action = load.action().name();
        waiting.labelValues(region, action).set((double) load.waiting());
        running.labelValues(region, action).set((double) load.running());
        double age = load.oldest().map(since -> seconds(since, now)).orElse(0.0);
        oldest.labelValues(region, action).set(Math.max(0, age));
    }

    /// Nobody knows how the queues are.
    void unknown() {
        waiting.clear();
        running.clear();
        oldest.clear();
    }

    /// @param more than when it was looked at last
    void progressed(Task task, Progress more) {
        String[] labels = labels(task);
        done.labelValues(labels).inc(Math.max(0, more.done()));
        moved.labelValues(labels).inc(Math.max(0, more.moved()));
        stored.labelValues(labels).inc(Math.max(0, more.stored()));
    }

    void ended(Task task) {
        String[] labels = labels(task);
        ended.labelValues(labels[0], labels[1], outcome(task.state())).inc();
        if (task.state() instanceof TaskState.Done(Instant at)) {
            Progress progress = task.progress();
            shared.labelValues(labels).inc(Math.max(0, progress.done() - progress.moved()));
            took.labelValues(labels).observe(seconds(task.created(), at));
        }
    }

    private static String[] labels(Task task) {
        return new String[] {task.region().value(), task.work().action().name()};
    }

    private static String outcome(TaskState state) {
        return switch (state) {
            case TaskState.Done _ -> "finished";
            case TaskState.Failed _ -> "failed";
            case TaskState.Cancelled _ -> "cancelled";
            case TaskState.Waiting _, TaskState.Running _ ->
                    throw new IllegalArgumentException("it has not ended: " + state);
        };
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / MILLIS;
    }
}
