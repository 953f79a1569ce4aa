import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/// Measures what a program and the servers that work for it take.
///
/// Before each measurement what the program is going to read is read, so that it is in the page cache, and
/// all that is dirty is written. What is measured ends when all of it is durable: with a sync of the
/// destination's file system.
final class Meter {
    private static final double MIB = 1 << 20;
    private static final double TICKS = 100; // a second, in /proc; the same on every Linux of today

    private final Path work;

    Meter(Path work) {
        this.work = work;
    }

    /// @param cpuSeconds user and system, of the program and its servers
    /// @param peakMib resident, of the largest process
    /// @param writtenMib what the processes gave the kernel to write, temporary files included
    /// @param grewMib what the destination grew by, as allocated
    record Measured(
            double seconds, double cpuSeconds, double peakMib, double writtenMib, double grewMib) {
        Measured lasting(double seconds) {
            return new Measured(seconds, cpuSeconds, peakMib, writtenMib, grewMib);
        }
    }

    /// Runs a command to its end and syncs.
    ///
    /// @param source a file that it reads, or a folder whose files it reads
    Measured command(Path source, Path destination, List<Long> servers, List<String> command)
            throws Exception {
        Path told = work.resolve("time");
        List<String> timed =
                new ArrayList<>(
                        List.of("/usr/bin/time", "-q", "-f", "%U %S %M %O", "-o", told.toString()));
        timed.addAll(command);
        Measured around =
                work(source, destination, servers, () -> {
                    run(timed);
                    run(List.of("sync", "-f", destination.toString()));
                    return true;
                });
        String[] own = Files.readString(told).strip().split(" ");
        return new Measured(
                around.seconds(),
                around.cpuSeconds() + Double.parseDouble(own[0]) + Double.parseDouble(own[1]),
                Math.max(around.peakMib(), Double.parseDouble(own[2]) / 1024),
                around.writtenMib() + Double.parseDouble(own[3]) * 512 / MIB,
                around.grewMib());
    }

    /// Measures servers while something has them work.
    ///
    /// @param source a file that they read, or a folder whose files they read
    Measured work(Path source, Path destination, List<Long> servers, Callable<Boolean> work)
            throws Exception {
        run(List.of("find", source.toString(), "-type", "f", "-exec", "cat", "{}", "+"));
        run(List.of("sync"));
        for (long server : servers) {
            // 5: forget the peak (proc_pid_clear_refs(5))
            Files.writeString(Path.of("/proc/" + server + "/clear_refs"), "5");
        }
        double size = allocated(destination);
        double cpu = sum(servers, Meter::cpu);
        double written = sum(servers, Meter::written);
        long start = System.nanoTime();
        work.call();
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Measured(
                seconds,
                sum(servers, Meter::cpu) - cpu,
                servers.stream().mapToDouble(Meter::peak).max().orElse(0),
                sum(servers, Meter::written) - written,
                allocated(destination) - size);
    }

    private static double sum(List<Long> servers, ToDoubleFunction<Long> of) {
        return servers.stream().mapToDouble(of).sum();
    }

    private static double cpu(long pid) {
        String stat = read(pid, "stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS;
    }

    private static double written(long pid) {
        return number(read(pid, "io"), "write_bytes:") / MIB;
    }

    static double peak(long pid) {
        return number(read(pid, "status"), "VmHWM:") / 1024;
    }

    private static double number(String lines, String name) {
        return lines.lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.split("\\s+")[1]))
                .findFirst()
                .orElse(0);
    }

    private static String read(long pid, String file) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/" + file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double allocated(Path folder) throws Exception {
        return Files.exists(folder)
                ? Double.parseDouble(
                                run(List.of("du", "-s", "--block-size=1", folder.toString()))
                                        .split("\\s")[0])
                        / MIB
                : 0;
    }

    /// @return the end of what it printed
    static String run(List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectErrorStream(true)
                        .start();
        byte[] last = new byte[8192];
        int kept = 0;
        try (var output = process.getInputStream()) {
            byte[] buffer = new byte[1 << 20];
            for (int count; (count = output.read(buffer)) > 0; ) {
                kept = Math.min(count, last.length);
                System.arraycopy(buffer, count - kept, last, 0, kept);
            }
        }
        String said = new String(last, 0, kept);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + command + ": " + said);
        }
        return said;
    }
}
