import java.io.BufferedReader;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.Credentials;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.Endpoint;
import tools.jackson.databind.JsonNode;

/// Deletes half of a region's images while copies run. `bench/collect.sh` runs it.
///
/// Images consist of files of 256 KiB that can't be compressed. Half of each image's files are its own, half
/// are those of earlier images, at random: so what is deleted lies among what stays. Each round has a
/// region of its own that holds them all. A copy of another image runs over and over, into regions that are
/// empty, first alone and then while the collector makes its pass.
final class CollectBench {
    private static final String SOURCE = "bench-source";
    private static final int FILE_BYTES = 256 << 10;
    private static final byte[] HOLE = new byte[4096];
    private static final int LEAST_COPIES = 3;
    private static final int MOST_COPIES = 40;

    private final Path launcher;
    private final Path work;
    private final Path data;
    private final String endpoint;
    private final EcsClient client;
    private int copies;

    private CollectBench(Path launcher, Path work, Path data, String endpoint, EcsClient client) {
        this.launcher = launcher;
        this.work = work;
        this.data = data;
        this.endpoint = endpoint;
        this.client = client;
    }

    /// @param arguments launcher, an empty folder to work in, how many images, MiB of each, rounds
    static void main(String[] arguments) throws Exception {
        Path launcher = Path.of(arguments[0]);
        Path work = Path.of(arguments[1]);
        int images = Integer.parseInt(arguments[2]);
        int mib = Integer.parseInt(arguments[3]);
        int rounds = Integer.parseInt(arguments[4]);
        Path config = Files.writeString(work.resolve("bench.yaml"), configuration(rounds));
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
                            CollectBench::pause);
            new CollectBench(launcher, work, data, endpoint, client).run(images, mib, rounds);
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

    /// The collector makes no rounds of its own.
    private static String configuration(int rounds) {
        StringBuilder yaml = new StringBuilder("collector:\n  every: 1d\nregions:\n");
        yaml.append("  - id: ").append(SOURCE).append('\n');
        yaml.append("  - id: bench-ideal\n  - id: bench-empty\n");
        for (int round = 0; round < rounds; round++) {
            yaml.append("  - id: ").append(kept(round)).append('\n');
        }
        return yaml.toString();
    }

    private static String kept(int round) {
        return "bench-kept-" + round;
    }

    private void run(int images, int mib, int rounds) throws Exception {
        int files = mib * 4;
        List<long[]> contents = contents(images, files);
        List<String> sources = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            sources.add(importImage("image-" + i, contents.get(i)));
        }
        String probe = importImage("probe", fresh(files, -1));
        System.out.printf(
                Locale.ROOT,
                "%d images of %d MiB, every other one is deleted. Dead is what a region stores more than a"
                        + " fresh one that only the others were copied to.%n%n",
                images, mib);
        for (int i = 1; i < images; i += 2) {
            copy(sources.get(i), SOURCE, "bench-ideal");
        }
        long ideal = stored("bench-ideal");
        System.out.println("| round | stored | dead before | dead after one pass | the pass |"
                + " moved segments | copies alone | copies meanwhile | ratio |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        copyProbe(probe); // warms up
        for (int round = 0; round < rounds; round++) {
            round(round, sources, probe, ideal);
        }
    }

    /// @param segments that were emptied
    private record Pass(long segments, double seconds) {}

    private void round(int round, List<String> sources, String probe, long ideal)
            throws Exception {
        String region = kept(round);
        List<String> held = new ArrayList<>();
        for (String source : sources) {
            held.add(copy(source, SOURCE, region));
        }
        List<Double> alone = new ArrayList<>();
        for (int i = 0; i < LEAST_COPIES; i++) {
            alone.add(copyProbe(probe));
        }
        for (int i = 0; i < held.size(); i += 2) {
            delete(region, held.get(i));
        }
        long before = stored(region);
        long start = System.nanoTime();
        CompletableFuture<Pass> pass =
                CompletableFuture.supplyAsync(() -> {
                    JsonNode collected = collect(region);
                    return new Pass(
                            collected.path("Compacted").asLong(),
                            (System.nanoTime() - start) / 1e9);
                });
        List<Double> meanwhile = new ArrayList<>();
        while (!pass.isDone() && meanwhile.size() < MOST_COPIES) {
            meanwhile.add(copyProbe(probe));
        }
        pass.get();
        long after = stored(region);
        System.out.printf(
                Locale.ROOT, "| %d | %.0f MiB | %.1f %% | %.1f %% | %.2f s | %d | %s | %s | %.2f |%n",
                round + 1, before / 1048576.0, dead(before, ideal), dead(after, ideal), pass.get().seconds(),
                pass.get().segments(), times(alone), times(meanwhile),
                median(meanwhile) / median(alone));
    }

    private static double dead(long stored, long ideal) {
        return 100.0 * (stored - ideal) / stored;
    }

    /// The files of each image, by the seeds they are made of.
    private static List<long[]> contents(int images, int files) {
        SplittableRandom chance = new SplittableRandom(1);
        List<long[]> contents = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            long[] image = fresh(files, i);
            for (int file = 0; file < files && i > 0; file++) {
                if (chance.nextBoolean()) {
                    image[file] = contents.get(chance.nextInt(i))[file];
                }
            }
            contents.add(image);
        }
        return contents;
    }

    private static long[] fresh(int files, long image) {
        long[] seeds = new long[files];
        for (int file = 0; file < files; file++) {
            seeds[file] = image * 1_000_003 + file;
        }
        return seeds;
    }

    private String importImage(String name, long[] seeds) throws Exception {
        Path file = work.resolve(name + ".raw");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long seed : seeds) {
                byte[] content = new byte[FILE_BYTES - HOLE.length];
                new SplittableRandom(seed).nextBytes(content);
                out.write(content);
                out.write(HOLE);
            }
        }
        Path out = work.resolve("import.json");
        Process command =
                new ProcessBuilder(
                                launcher.toString(), "import", file.toString(), "--region", SOURCE,
                                "--name", name, "--endpoint", endpoint, "--data", data.toString(),
                                "-o", "json")
                        .redirectOutput(out.toFile())
                        .redirectError(work.resolve("import.log").toFile())
                        .start();
        if (command.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(work.resolve("import.log")));
        }
        Files.delete(file);
        String json = Files.readString(out);
        int at = json.indexOf("\"m-") + 1;
        return json.substring(at, json.indexOf('"', at));
    }

    /// How long a copy of the other image takes into a region that is empty.
    private double copyProbe(String probe) throws Exception {
        String copy = copy(probe, SOURCE, "bench-empty");
        JsonNode task = detail("bench-empty", copy).path("Task");
        delete("bench-empty", copy);
        collect("bench-empty");
        Instant accepted = Instant.parse(task.path("CreationTime").asString());
        Instant ended = Instant.parse(task.path("EndTime").asString());
        return Duration.between(accepted, ended).toMillis() / 1e3;
    }

    private String copy(String image, String from, String to) throws Exception {
        String copy =
                client.call(
                                Call.ecs("CopyImage")
                                        .with("RegionId", from)
                                        .with("ImageId", image)
                                        .with("DestinationRegionId", to)
                                        .with("DestinationImageName", "copy-" + copies++))
                        .path("ImageId")
                        .asString();
        while (true) {
            String status =
                    client.call(
                                    Call.ecs("DescribeImages")
                                            .with("RegionId", to)
                                            .with("ImageId", copy)
                                            .with("Status", "ALL"))
                            .path("Images")
                            .path("Image")
                            .get(0)
                            .path("Status")
                            .asString();
            switch (status) {
                case "Available" -> {
                    return copy;
                }
                case "CreateFailed" -> throw new IllegalStateException("the copy failed");
                default -> Thread.sleep(20);
            }
        }
    }

    private JsonNode detail(String region, String image) throws Exception {
        return client.call(
                Call.own("DescribeImageDetail").with("RegionId", region).with("ImageId", image));
    }

    private void delete(String region, String image) throws Exception {
        JsonNode disks =
                client.call(
                                Call.ecs("DescribeImages")
                                        .with("RegionId", region)
                                        .with("ImageId", image))
                        .path("Images")
                        .path("Image")
                        .get(0)
                        .path("DiskDeviceMappings")
                        .path("DiskDeviceMapping");
        client.call(Call.ecs("DeleteImage").with("RegionId", region).with("ImageId", image));
        for (JsonNode disk : disks) {
            client.call(
                    Call.ecs("DeleteSnapshot")
                            .with("SnapshotId", disk.path("SnapshotId").asString()));
        }
    }

    private JsonNode collect(String region) {
        try {
            return client.call(
                            Call.own("CollectGarbage")
                                    .with("RegionId", region)
                                    .with("Now", "true"))
                    .path("Regions")
                    .path("Region")
                    .get(0);
        } catch (EcsFailure e) {
            throw new IllegalStateException(e);
        }
    }

    private long stored(String region) throws Exception {
        JsonNode usage =
                client.call(Call.own("DescribeRegionUsage").with("RegionId", region))
                        .path("Regions")
                        .path("Region")
                        .get(0);
        return usage.path("NeededBytes").asLong()
                + usage.path("IdleBytes").asLong()
                + usage.path("CondemnedBytes").asLong();
    }

    private static String times(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(
                Locale.ROOT, "%d, %.2f s (%.2f-%.2f)",
                sorted.size(), median(seconds), sorted.getFirst(), sorted.getLast());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
