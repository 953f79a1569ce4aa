import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.Credentials;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.Endpoint;
import tools.jackson.databind.JsonNode;

/// Times copies of the generations of a disk beside `cp --sparse=always` + `sync` of the same files, in
/// turn, and prints a table in Markdown. `bench/copy.sh` runs it.
///
/// A copy's time is from the moment at which the catalog accepted it to the moment at which the catalog
/// says that it ended: bytes verified, durable, `Available`. Each run copies the generations in order
/// into a region that was empty.
final class CopyBench {
    private static final int RUNS = 5;
    private static final String SOURCE = "bench-source";

    private final Path launcher;
    private final Path work;
    private final EcsClient client;

    private CopyBench(Path launcher, Path work, EcsClient client) {
        this.launcher = launcher;
        this.work = work;
        this.client = client;
    }

    /// @param arguments launcher, an empty folder to work in, disk images in the order of their age
    static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        Path work = Path.of(arguments[1]);
        List<Path> images = Arrays.stream(arguments).skip(2).map(Path::of).toList();
        Path config = Files.writeString(work.resolve("bench.yaml"), configuration());
        Path data = work.resolve("data");
        Process server =
                new ProcessBuilder(
                                launcher.toString(), "serve", "--config", config.toString(),
                                "--data", data.toString(), "--listen", "127.0.0.1:0")
                        .redirectError(work.resolve("server.log").toFile())
                        .start();
        try (BufferedReader lines = server.inputReader()) {
            String ready = lines.readLine();
            String endpoint = ready.substring(ready.indexOf("http"));
            List<String> key = Files.readAllLines(data.resolve("credentials"));
            EcsClient client =
                    new EcsClient(
                            Endpoint.parse(endpoint),
                            new Credentials(
                                    key.get(0).split("=", 2)[1], key.get(1).split("=", 2)[1]),
                            HttpClient.newBuilder()
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .build(),
                            Clock.systemUTC(),
                            () -> UUID.randomUUID().toString(),
                            CopyBench::pause);
            new CopyBench(launcher, work, client).run(endpoint, data, images);
            memory(server);
        } finally {
            server.destroy();
            server.waitFor();
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String configuration() {
        StringBuilder yaml = new StringBuilder("regions:\n  - id: " + SOURCE + "\n");
        for (int run = 0; run <= RUNS; run++) {
            yaml.append("  - id: ").append(region(run)).append('\n');
            yaml.append("  - id: ").append(checked(run)).append('\n');
        }
        return yaml.toString();
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

    private void run(String endpoint, Path data, List<Path> files) throws Exception {
        List<Generation> generations = new ArrayList<>();
        System.out.println("| import | cp + sync | import | ratio | new to the region | stored |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        for (Path file : files) {
            double cp = cp(file);
            String image = importImage(endpoint, data, file);
            JsonNode task = detail(SOURCE, image).path("Task");
            System.out.printf(
                    Locale.ROOT, "| %s | %.2f s | %.2f s | %.2f | %s | %s |%n",
                    file.getFileName(), cp, seconds(task), seconds(task) / cp,
                    mib(task, "MovedBytes"), mib(task, "StoredBytes"));
            generations.add(Generation.of(file.getFileName().toString(), file, image, false, "stored"));
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
        for (int run = 0; run <= RUNS; run++) { // the first warms up and is not counted
            for (Generation generation : generations) {
                measure(generation, region(run), run > 0);
            }
            measure(content, checked(run), run > 0);
        }
        Generation encrypted = generations.getLast();
        generations.add(content);
        print(generations);
        System.out.printf(
                Locale.ROOT,
                "%nEncrypted beside plain, first copies of the same disk: %.2f in the median.%n",
                median(ratios(encrypted.copy(), first.copy())));
        prove(endpoint, data, first);
    }

    private void measure(Generation generation, String region, boolean counts) throws Exception {
        sh("cat", generation.file().toString());
        sh("sync");
        double cp = cp(generation.file());
        sh("sync");
        Set<Integer> percents = new TreeSet<>();
        // Who asks all the time takes a core; so only the first run does, to see the progress.
        JsonNode task = copy(generation, region, counts ? 50 : 2, percents);
        if (!counts) {
            generation.percents().add(percents.size());
        }
        if (counts) {
            generation.cp().add(cp);
            generation.copy().add(seconds(task));
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

    private JsonNode copy(
            Generation generation, String region, int pauseMillis, Set<Integer> percents)
            throws Exception {
        String copy =
                client.call(
                                Call.ecs("CopyImage")
                                        .with("RegionId", SOURCE)
                                        .with("ImageId", generation.image())
                                        .with("Encrypted", Boolean.toString(generation.encrypted()))
                                        .with("Check", generation.check())
                                        .with("DestinationRegionId", region))
                        .path("ImageId")
                        .asString();
        int before = 0;
        while (true) {
            JsonNode image = image(region, copy);
            int percent = Integer.parseInt(image.path("Progress").asString().replace("%", ""));
            if (percent < before) {
                throw new IllegalStateException("progress went from " + before + " to " + percent);
            }
            before = percent;
            percents.add(percent);
            switch (image.path("Status").asString()) {
                case "Available" -> {
                    return detail(region, copy).path("Task");
                }
                case "CreateFailed" -> throw new IllegalStateException("the copy failed");
                default -> Thread.sleep(pauseMillis);
            }
        }
    }

    private JsonNode image(String region, String image) throws Exception {
        return client.call(
                        Call.ecs("DescribeImages")
                                .with("RegionId", region)
                                .with("ImageId", image)
                                .with("Status", "ALL"))
                .path("Images")
                .path("Image")
                .get(0);
    }

    private JsonNode detail(String region, String image) throws Exception {
        return client.call(
                Call.own("DescribeImageDetail").with("RegionId", region).with("ImageId", image));
    }

    private String importImage(String endpoint, Path data, Path file) throws Exception {
        Path out = work.resolve("import.json");
        ProcessBuilder command =
                new ProcessBuilder(
                        launcher.toString(), "import", file.toString(), "--region", SOURCE, "--name",
                        file.getFileName().toString(), "--endpoint", endpoint, "--data",
                        data.toString(), "-o", "json");
        command.redirectOutput(out.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        finish(command);
        String json = Files.readString(out);
        int at = json.indexOf("\"m-") + 1;
        return json.substring(at, json.indexOf('"', at));
    }

    /// The export of the newest copy, an encrypted one, is the file.
    private void prove(String endpoint, Path data, Generation generation) throws Exception {
        String region = region(RUNS);
        String copy =
                client.call(Call.ecs("DescribeImages").with("RegionId", region))
                        .path("Images")
                        .path("Image")
                        .get(0)
                        .path("ImageId")
                        .asString();
        Path out = work.resolve("export.raw");
        finish(
                new ProcessBuilder(
                                launcher.toString(), "export", copy, "--region", region, "--output",
                                out.toString(), "--endpoint", endpoint, "--data", data.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD));
        finish(new ProcessBuilder("cmp", generation.file().toString(), out.toString()).inheritIO());
        System.out.println("\nThe last copy of " + generation.file().getFileName()
                + " was exported: bit for bit the file.");
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

    private static void memory(Process server) throws IOException {
        Path status = Path.of("/proc/" + server.pid() + "/status");
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

    private static double seconds(JsonNode task) {
        Instant accepted = Instant.parse(task.path("CreationTime").asString());
        Instant ended = Instant.parse(task.path("EndTime").asString());
        return Duration.between(accepted, ended).toMillis() / 1e3;
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
