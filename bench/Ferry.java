import java.io.BufferedReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.Credentials;
import org.imageferry.ecs.client.EcsClient;
import org.imageferry.ecs.client.Endpoint;
import tools.jackson.databind.JsonNode;

/// A running server of imageferry on a folder of its own, and a client of it.
final class Ferry implements AutoCloseable {
    private static final int PAUSE_MILLIS = 400;

    private final Path launcher;
    private final Path work;
    private final Path data;
    private final Process server;
    private final String endpoint;
    private final EcsClient client;

    private Ferry(
            Path launcher, Path work, Path data, Process server, String endpoint, EcsClient client) {
        this.launcher = launcher;
        this.work = work;
        this.data = data;
        this.server = server;
        this.endpoint = endpoint;
        this.client = client;
    }

    /// Starts a server and waits until it is ready.
    ///
    /// @param work a folder for its files; the server's data go to `data` in it
    static Ferry start(Path launcher, Path work, List<String> regions) throws IOException {
        return configured(launcher, work, configuration(regions));
    }

    /// @param settings as in a settings file
    static Ferry configured(Path launcher, Path work, String settings) throws IOException {
        Path config = Files.writeString(work.resolve("bench.yaml"), settings);
        Path data = work.resolve("data");
        Path log = work.resolve("server.log");
        Process server =
                new ProcessBuilder(
                                launcher.toString(), "serve", "--config", config.toString(),
                                "--data", data.toString(), "--listen", "127.0.0.1:0")
                        .redirectError(log.toFile())
                        .start();
        BufferedReader lines = server.inputReader();
        String ready = lines.readLine();
        if (ready == null) {
            throw new IOException("the server did not start: " + Files.readString(log));
        }
        String endpoint = ready.substring(ready.indexOf("http"));
        return new Ferry(launcher, work, data, server, endpoint, client(endpoint, data));
    }

    private static String configuration(List<String> regions) {
        StringBuilder yaml = new StringBuilder("regions:\n");
        regions.forEach(region -> yaml.append("  - id: ").append(region).append('\n'));
        return yaml.toString();
    }

    private static EcsClient client(String endpoint, Path data) throws IOException {
        List<String> key = Files.readAllLines(data.resolve("credentials"));
        return new EcsClient(
                Endpoint.parse(endpoint),
                new Credentials(key.get(0).split("=", 2)[1], key.get(1).split("=", 2)[1]),
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build(),
                Clock.systemUTC(),
                () -> UUID.randomUUID().toString(),
                Ferry::pause);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return server.pid();
    }

    /// Where the region keeps its objects.
    Path store(String region) {
        return data.resolve("regions").resolve(region);
    }

    Path data() {
        return data;
    }

    /// Runs `imageferry import` to its end.
    ///
    /// @return the image's id
    String importImage(Path file, String region, String name) throws Exception {
        Path out = work.resolve("import.json");
        run(
                new ProcessBuilder(
                                launcher.toString(), "import", file.toString(), "--region", region,
                                "--name", name, "--endpoint", endpoint, "--data", data.toString(),
                                "-o", "json")
                        .redirectOutput(out.toFile()));
        String json = Files.readString(out);
        int at = json.indexOf("\"m-") + 1;
        return json.substring(at, json.indexOf('"', at));
    }

    /// A copy that is wanted.
    ///
    /// @param check of its blocks, as CopyImage has it: `stored` or `content`
    record Order(String from, String image, String to, boolean encrypted, String check) {}

    /// Has an image copied, and waits for the copy, at which it rarely looks: a look takes some milliseconds of a
    /// core, and the time that counts is the task's own.
    ///
    /// @return what the server says of the task at its end
    JsonNode copy(Order order) throws Exception {
        return copy(order, PAUSE_MILLIS, _ -> {});
    }

    /// Has an image copied, and waits for the copy.
    ///
    /// @param pauseMillis between two looks at it: who asks all the time takes a core
    /// @param percents hears of the progress at each look; it must not go back
    /// @return what the server says of the task at its end
    JsonNode copy(Order order, int pauseMillis, IntConsumer percents) throws Exception {
        Call call =
                Call.ecs("CopyImage")
                        .with("RegionId", order.from())
                        .with("ImageId", order.image())
                        .with("Encrypted", Boolean.toString(order.encrypted()))
                        .with("Check", order.check())
                        .with("DestinationRegionId", order.to());
        String copy = client.call(call).path("ImageId").asString();
        int before = 0;
        while (true) {
            JsonNode seen = image(order.to(), copy);
            int percent = Integer.parseInt(seen.path("Progress").asString().replace("%", ""));
            if (percent < before) {
                throw new IllegalStateException("progress went from " + before + " to " + percent);
            }
            before = percent;
            percents.accept(percent);
            switch (seen.path("Status").asString()) {
                case "Available" -> {
                    return task(order.to(), copy);
                }
                case "CreateFailed" ->
                        throw new IllegalStateException("the copy failed: " + task(order.to(), copy));
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

    /// The task that made the image.
    JsonNode task(String region, String image) throws Exception {
        return client.call(
                        Call.own("DescribeImageDetail")
                                .with("RegionId", region)
                                .with("ImageId", image))
                .path("Task");
    }

    /// From the moment at which the catalog accepted it to the moment at which it says that it ended.
    static double seconds(JsonNode task) {
        Instant accepted = Instant.parse(task.path("CreationTime").asString());
        Instant ended = Instant.parse(task.path("EndTime").asString());
        return Duration.between(accepted, ended).toMillis() / 1e3;
    }

    String newest(String region) throws Exception {
        return client.call(Call.ecs("DescribeImages").with("RegionId", region))
                .path("Images")
                .path("Image")
                .get(0)
                .path("ImageId")
                .asString();
    }

    /// The newest image of a region, exported, is the file, bit for bit; else this throws.
    void prove(String region, Path file) throws Exception {
        String newest = newest(region);
        Path out = work.resolve("export.raw");
        run(
                new ProcessBuilder(
                                launcher.toString(), "export", newest, "--region", region,
                                "--output", out.toString(), "--endpoint", endpoint, "--data",
                                data.toString())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD));
        run(new ProcessBuilder("cmp", file.toString(), out.toString()));
        Files.delete(out);
    }

    private static void run(ProcessBuilder command) throws Exception {
        Process process = command.redirectError(ProcessBuilder.Redirect.PIPE).start();
        String said = new String(process.getErrorStream().readAllBytes());
        if (process.waitFor() != 0) {
            throw new IllegalStateException("failed: " + command.command() + ": " + said);
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.destroy();
        server.waitFor();
    }
}
