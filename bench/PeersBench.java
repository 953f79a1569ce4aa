import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Runs imageferry and its peers on the same generations of a disk, and writes down what each took.
/// `bench/peers.sh` runs it, and [PeersReport] makes tables and a chart of its results.
///
/// Tools of one group take turns within each phase, so that what changes on the machine meanwhile meets them all;
/// the last groups are one slow tool each. The first runs, of the first group alone, warm up and are not
/// counted.
final class PeersBench {
    private static final int WARM_UPS = 3;

    private final Path work;
    private final Path results;
    private final int runs;
    private final List<Path> images;

    private PeersBench(Path work, Path results, int runs, List<Path> images) {
        this.work = work;
        this.results = results;
        this.runs = runs;
        this.images = images;
    }

    /// @param arguments launcher, an empty folder to work in, a file for the results, runs, tools with commas
    ///     between them (or nothing for all), and four images in the order of their age
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        int runs = Integer.parseInt(arguments[3]);
        List<String> only =
                arguments[4].isBlank() ? List.of() : List.of(arguments[4].split(","));
        List<Path> images = new ArrayList<>();
        for (String image : List.of(arguments).subList(5, arguments.length)) {
            images.add(Path.of(image));
        }
        Meter meter = new Meter(work);
        Path server = Files.createDirectories(work.resolve("ferry"));
        FerryPeer ferry = FerryPeer.start(Path.of(arguments[0]), server, WARM_UPS + runs, images, meter);
        try {
            PeersBench bench = new PeersBench(work, Path.of(arguments[2]), runs, images);
            bench.run(groups(work, meter, ferry, only));
            ferry.prove(images.getLast());
        } finally {
            ferry.close();
        }
    }

    private static List<List<Peer>> groups(
            Path work, Meter meter, FerryPeer ferry, List<String> only) {
        List<List<Peer>> groups = new ArrayList<>();
        List<Peer> first = new ArrayList<>(
                List.of(
                        new Peer.Cp(meter, work.resolve("cp")), ferry, ferry.checkingContent()));
        Map<String, Peer> all = others(work, meter);
        for (Map.Entry<String, Peer> other : all.entrySet()) {
            Peer peer = other.getValue();
            if (!only.isEmpty() && !only.contains(other.getKey())) {
                continue;
            }
            if (!Peer.installed(other.getKey())) {
                System.err.println("peers: left out, for it is not installed: " + peer.name());
            } else if (other.getKey().startsWith("qemu-img")) {
                first.add(peer);
            } else {
                groups.add(List.of(peer));
            }
        }
        if (Peer.installed("qemu-img") && (only.isEmpty() || only.contains("qemu-img"))) {
            first.add(qemu(work, meter, "qcow2"));
        }
        groups.addFirst(first);
        return groups;
    }

    /// By the program that they need.
    private static Map<String, Peer> others(Path work, Meter meter) {
        Map<String, Peer> all = new LinkedHashMap<>();
        all.put("qemu-img", qemu(work, meter, "raw"));
        all.put(
                "rsync",
                command(
                        "rsync --inplace", false, meter, work.resolve("rsync"), "rsync", "-a", "-S",
                        "--modify-window=-1", // two files of one second are two files
                        "--inplace", "--no-whole-file", "{image}", "{to}/disk.raw"));
        all.put(
                "rclone",
                command(
                        "rclone copyto", false, meter, work.resolve("rclone"), "rclone", "copyto",
                        "{image}", "{to}/{n}.raw"));
        all.put("restic", restic(work.resolve("restic"), meter));
        all.put("borg", borg(work.resolve("borg"), meter));
        all.put(
                "casync",
                command(
                        "casync make", true, meter, work.resolve("casync"), "casync", "make",
                        "--store={to}/store.castr", "{to}/{n}.caibx", "{image}"));
        all.put("glance-api", new GlancePeer(meter, work.resolve("glance")));
        return all;
    }

    private static Peer qemu(Path work, Meter meter, String format) {
        return command(
                "qemu-img convert, " + format, false, meter, work.resolve("qemu-" + format),
                "qemu-img", "convert", "-f", "raw", "-O", format, "{image}", "{to}/{n}");
    }

    private static Peer restic(Path work, Meter meter) {
        List<String> init = List.of("restic", "-q", "init", "--repository-version", "2", "-r");
        List<String> from = new ArrayList<>(init);
        from.add("{from}");
        List<String> to = new ArrayList<>(init);
        to.addAll(List.of("{to}", "--copy-chunker-params", "--from-repo", "{from}"));
        return new Peer.TwoStores(
                "restic",
                meter,
                work,
                List.of(from, to),
                List.of("restic", "-q", "-r", "{from}", "backup", "--force", "--tag", "g{n}", "{image}"),
                List.of("restic", "-q", "-r", "{to}", "copy", "--from-repo", "{from}", "--tag", "g{n}"));
    }

    /// It can't copy from store to store: what it does instead is to read the image anew.
    private static Peer borg(Path work, Meter meter) {
        return new Peer.Command(
                "borg create",
                false,
                meter,
                work,
                List.of(List.of("borg", "init", "-e", "none", "{to}/store")),
                List.of(
                        "sh", "-c",
                        "exec borg create --files-cache disabled --compression zstd,1 \"$0::g{n}-$(date +%s%N)\" \"$1\"",
                        "{to}/store", "{image}"));
    }

    private static Peer command(
            String name, boolean slow, Meter meter, Path work, String... command) {
        return new Peer.Command(name, slow, meter, work, List.of(), List.of(command));
    }

    private void run(List<List<Peer>> groups) throws Exception {
        Files.writeString(results, "run\ttool\tphase\tseconds\tcpu\tpeak MiB\twritten MiB\tgrew MiB\n");
        for (int run = 1 - WARM_UPS; run <= runs; run++) {
            for (List<Peer> group : run < 1 ? groups.subList(0, 1) : groups) {
                if (!group.getFirst().slow() || run <= (runs + 1) / 2) {
                    run(group, run);
                }
            }
        }
    }

    /// A tool that fails says why, and is left out of the rest of the run.
    private void run(List<Peer> group, int run) throws Exception {
        List<Peer> left = new ArrayList<>();
        for (Peer peer : group) {
            System.err.printf("peers: %s: %s%n", run < 1 ? "warm-up" : "run " + run + " of " + runs, peer.name());
            attempt(peer, () -> {
                peer.begin(WARM_UPS + run);
                return left.add(peer);
            });
        }
        for (Peer.Phase phase : Peer.Phase.values()) {
            for (Peer peer : List.copyOf(left)) {
                if (!attempt(peer, () -> measure(peer, phase, run))) {
                    left.remove(peer);
                }
            }
        }
        for (Peer peer : group) {
            attempt(peer, () -> {
                peer.end();
                return true;
            });
        }
    }

    private interface Attempt {
        boolean run() throws Exception;
    }

    private static boolean attempt(Peer peer, Attempt attempt) throws Exception {
        try {
            return attempt.run();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            if (peer instanceof FerryPeer || peer instanceof Peer.Cp) {
                throw e; // without these there is nothing to compare
            }
            System.err.println("peers: " + peer.name() + " failed: " + e.getMessage());
            return false;
        }
    }

    private boolean measure(Peer peer, Peer.Phase phase, int run) throws Exception {
        Path image = images.get(phase.generation());
        Optional<Meter.Measured> measured = peer.measure(phase, image);
        if (run > 0 && measured.isPresent()) {
            record(run, peer.name(), phase, measured.get());
            if (peer instanceof FerryPeer ferry) {
                Optional<Double> whole = ferry.wholeCommand(phase);
                if (whole.isPresent()) {
                    record(run, "imageferry import", phase, measured.get().lasting(whole.get()));
                }
            }
        }
        return true;
    }

    private void record(int run, String tool, Peer.Phase phase, Meter.Measured measured)
            throws Exception {
        String line =
                String.format(
                        Locale.ROOT, "%d\t%s\t%s\t%.3f\t%.2f\t%.0f\t%.1f\t%.1f%n",
                        run, tool, phase, measured.seconds(), measured.cpuSeconds(),
                        measured.peakMib(), measured.writtenMib(), measured.grewMib());
        Files.writeString(results, line, java.nio.file.StandardOpenOption.APPEND);
    }
}
