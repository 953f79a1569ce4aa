import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Times copies of the generations of a disk beside `cp --sparse=always` + `sync` of the same files, in
/// turn, and prints a table in Markdown. `bench/copy.sh` runs it.
///
/// A copy's time is from the moment at which the catalog accepted it to the moment at which the catalog
/// says that it ended: bytes verified, durable, `Available`. Each run copies the generations in order
/// into a region that was empty.
final class CopyBench {
    private static final int WARM_UPS = 3;
    private static final int RUNS = 5;
    private static final int PAUSE_TO_SEE_PROGRESS_MILLIS = 2;
    private static final String SOURCE = "bench-source";

    private final Path work;
    private final Ferry ferry;

    private CopyBench(Path work, Ferry ferry) {
        this.work = work;
        this.ferry = ferry;
    }

    /// @param arguments launcher, an empty folder to work in, disk images in the order of their age
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        List<Path> images = Arrays.stream(arguments).skip(2).map(Path::of).toList();
        try (Ferry ferry = Ferry.start(Path.of(arguments[0]), work, regions())) {
            new CopyBench(work, ferry).run(images);
            memory(ferry);
        }
    }

    private static List<String> regions() {
        List<String> regions = new ArrayList<>(List.of(SOURCE));
        for (int run = 0; run < WARM_UPS + RUNS; run++) {
            regions.add(region(run));
            regions.add(checked(run));
        }
        return regions;
    }

    private static String region(int run) {
        return "bench-run-" + run;
    }

    /// Where contents are checked. It was empty, too.
    private static String checked(int run) {
        return "bench-checked-" + run;
    }

    /// A generation, and what was measured of it.
    private record Generation(
            String label,
            Path file,
            String image,
            boolean encrypted,
            String check,
            List<Double> cp,
            List<Double> copy,
            List<String> facts,
            List<Integer> percents) {
        static Generation of(
                String label, Path file, String image, boolean encrypted, String check) {
            return new Generation(
                    label,
                    file,
                    image,
                    encrypted,
                    check,
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
        }
    }

    private void run(List<Path> files) throws Exception {
        List<Generation> generations = new ArrayList<>();
        System.out.println("| import | cp + sync | import | ratio | new to the region | stored |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Path file : files) {
            double cp = cp(file);
            String name = file.getFileName().toString();
            String image = ferry.importImage(file, SOURCE, name);
            JsonNode task = ferry.task(SOURCE, image);
            System.out.printf(
                    Locale.ROOT, "| %s | %.2f s | %.2f s | %.2f | %s | %s |%n",
                    name, cp, Ferry.seconds(task), Ferry.seconds(task) / cp,
                    mib(task, "MovedBytes"), mib(task, "StoredBytes"));
            generations.add(Generation.of(name, file, image, false, "stored"));
        }
        Generation first = generations.getFirst();
        Generation last = generations.getLast();
        generations.add(Generation.of(last.label() + ", again", last.file(), last.image(), false, "stored"));
        // shares no block with the others: so it is a first copy too
        generations.add(
                Generation.of(
                        first.label() + ", encrypted", first.file(), first.image(), true, "stored"));
        Generation content =
                Generation.of(
                        first.label() + ", contents checked",
                        first.file(),
                        first.image(),
                        false,
                        "content");
        for (int run = 0; run < WARM_UPS + RUNS; run++) {
            for (Generation generation : generations) {
                measure(generation, region(run), run);
            }
            measure(content, checked(run), run);
        }
        Generation encrypted = generations.getLast();
        generations.add(content);
        print(generations);
        System.out.printf(
                Locale.ROOT,
                "%nEncrypted beside plain, first copies of the same disk: %.2f in the median.%n",
                median(ratios(encrypted.copy(), first.copy())));
        ferry.prove(region(WARM_UPS + RUNS - 1), first.file()); // the newest copy, an encrypted one
        System.out.println("\nThe last copy of " + first.label()
                + " was exported: bit for bit the file.");
    }

    private void measure(Generation generation, String region, int run) throws Exception {
        sh("cat", generation.file().toString());
        sh("sync");
        double cp = cp(generation.file());
        sh("sync");
        Ferry.Order order =
                new Ferry.Order(
                        SOURCE,
                        generation.image(),
                        region,
                        generation.encrypted(),
                        generation.check());
        JsonNode task;
        if (run == 0) {
            Set<Integer> percents = new TreeSet<>();
            task = ferry.copy(order, PAUSE_TO_SEE_PROGRESS_MILLIS, percents::add);
            generation.percents().add(percents.size());
        } else {
            task = ferry.copy(order);
        }
        if (run >= WARM_UPS) {
            generation.cp().add(cp);
            generation.copy().add(Ferry.seconds(task));
            generation
                    .facts()
                    .add(
                            "| %s | %s | %s | %d |"
                                    .formatted(
                                            mib(task, "TotalBytes"),
                                            mib(task, "MovedBytes"),
                                            mib(task, "StoredBytes"),
                                            generation.percents().getFirst()));
        }
    }

    private static void print(List<Generation> generations) {
        System.out.println(
                "\n| copy | cp + sync, median (min-max) | CopyImage, median (min-max) | ratio,"
                        + " median | content | new | stored | progress values |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        for (Generation generation : generations) {
            List<Double> ratios = ratios(generation.copy(), generation.cp());
            System.out.printf(
                    Locale.ROOT, "| %s | %s | %s | %.2f %s%n",
                    generation.label(), times(generation.cp()),
                    times(generation.copy()), median(ratios), generation.facts().getLast());
        }
    }

    private static List<Double> ratios(List<Double> of, List<Double> to) {
        List<Double> ratios = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            ratios.add(of.get(run) / to.get(run));
        }
        return ratios;
    }

    private static void memory(Ferry ferry) throws IOException {
        Path status = Path.of("/proc/" + ferry.pid() + "/status");
        Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(line -> System.out.println("Server, peak resident: " + line));
    }

    private double cp(Path file) throws Exception {
        Path copy = work.resolve("cp.raw");
        long start = System.nanoTime();
        sh("cp", "--sparse=always", file.toString(), copy.toString());
        sh("sync", copy.toString());
        double seconds = (System.nanoTime() - start) / 1e9;
        Files.delete(copy);
        return seconds;
    }

    private static void sh(String... command) throws Exception {
        finish(new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    private static void finish(ProcessBuilder command) throws Exception {
        if (command.start().waitFor() != 0) {
            throw new IllegalStateException("failed: " + command.command());
        }
    }

    private static String mib(JsonNode task, String field) {
        return String.format(Locale.ROOT, "%.1f MiB", task.path(field).asLong() / 1048576.0);
    }

    private static String times(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%.2f s (%.2f-%.2f)",
                median(seconds), sorted.getFirst(), sorted.getLast());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
