import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Glance of OpenStack as Debian has it: one server, two stores in folders, SQLite, no Keystone. A copy is its
/// import method `copy-image` from one store to the other; an import is an upload.
final class GlancePeer implements Peer {
    private static final String API = "http://127.0.0.1:19293/v2";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int PAUSE_MILLIS = 100;

    private final Meter meter;
    private final Path work;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final JsonMapper json = new JsonMapper();
    private final Map<Integer, String> images = new HashMap<>();
    private Optional<Process> server = Optional.empty();

    GlancePeer(Meter meter, Path work) {
        this.meter = meter;
        this.work = work;
    }

    @Override
    public String name() {
        return "Glance copy-image";
    }

    @Override
    public boolean slow() {
        return true;
    }

    @Override
    public void begin(int run) throws Exception {
        Peer.clear(work);
        for (String folder : List.of("from", "to", "staging", "tasks", "work", "lock")) {
            Files.createDirectories(work.resolve(folder));
        }
        images.clear();
        String paste = Files.readString(Path.of("/etc/glance/glance-api-paste.ini"));
        // Who calls is believed: what this pipeline lacks is the question to Keystone.
        Files.writeString(
                work.resolve("paste.ini"),
                paste.replaceAll(
                        "(?m)^pipeline = .* unauthenticated-context rootapp",
                        "pipeline = healthcheck http_proxy_to_wsgi versionnegotiation context rootapp"));
        Path config = Files.writeString(work.resolve("api.conf"), configuration());
        Meter.run(List.of("glance-manage", "--config-file", config.toString(), "db_sync"));
        server =
                Optional.of(
                        new ProcessBuilder("glance-api", "--config-file", config.toString())
                                .redirectErrorStream(true)
                                .redirectOutput(work.resolve("out").toFile())
                                .start());
        awaitServer();
    }

    private String configuration() {
        return """
        [DEFAULT]
        bind_host = 127.0.0.1
        bind_port = 19293
        workers = 1
        enabled_backends = a:file, b:file
        enabled_import_methods = [copy-image]
        log_file = WORK/api.log
        [os_glance_staging_store]
        filesystem_store_datadir = WORK/staging
        [os_glance_tasks_store]
        filesystem_store_datadir = WORK/tasks
        [glance_store]
        default_backend = a
        [a]
        filesystem_store_datadir = WORK/from
        [b]
        filesystem_store_datadir = WORK/to
        [database]
        connection = sqlite:///WORK/db
        [oslo_concurrency]
        lock_path = WORK/lock
        [paste_deploy]
        config_file = WORK/paste.ini
        [task]
        task_executor = taskflow
        work_dir = WORK/work
        [taskflow_executor]
        engine_mode = serial
        """
                .replace("WORK", work.toString());
    }

    private void awaitServer() throws Exception {
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (true) {
            try {
                call("GET", "/info/stores", BodyPublishers.noBody(), "application/json");
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline || !server.orElseThrow().isAlive()) {
                    throw new IllegalStateException(
                            "glance-api did not start: " + Files.readString(work.resolve("out")), e);
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private List<Long> servers() {
        Process parent = server.orElseThrow();
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(parent.toHandle()), parent.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
        if (phase == Phase.IMPORT_AGAIN || phase == Phase.AGAIN) {
            return Optional.empty(); // it refuses to copy to a store what the store has
        }
        if (!phase.copies()) {
            return Optional.of(
                    meter.work(image, work.resolve("from"), servers(), () -> upload(phase, image)));
        }
        if (!images.containsKey(phase.generation())) {
            upload(phase, image);
        }
        return Optional.of(
                meter.work(work.resolve("from"), work.resolve("to"), servers(), () -> {
                    copy(images.get(phase.generation()));
                    Meter.run(List.of("sync", "-f", work.toString()));
                    return true;
                }));
    }

    private boolean upload(Phase phase, Path image) throws Exception {
        String id =
                call(
                                "POST", "/images",
                                BodyPublishers.ofString(
                                        """
                                        {"name": "g", "disk_format": "raw", "container_format": "bare"}
                                        """),
                                "application/json")
                        .path("id")
                        .asString();
        call(
                "PUT", "/images/" + id + "/file", BodyPublishers.ofFile(image),
                "application/octet-stream");
        images.put(phase.generation(), id);
        Meter.run(List.of("sync", "-f", work.toString()));
        return true;
    }

    private void copy(String id) throws Exception {
        call(
                "POST", "/images/" + id + "/import",
                BodyPublishers.ofString(
                        """
                        {"method": {"name": "copy-image"}, "stores": ["b"]}
                        """),
                "application/json");
        for (long waited = 0; waited < LONGEST.toMillis(); waited += PAUSE_MILLIS) {
            JsonNode image =
                    call("GET", "/images/" + id, BodyPublishers.noBody(), "application/json");
            if (List.of(image.path("stores").asString().split(",")).contains("b")) {
                return;
            }
            if (image.path("os_glance_failed_import").asString("").contains("b")) {
                throw new IllegalStateException("Glance says that the copy failed: " + image);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        throw new IllegalStateException(
                "Glance has not copied " + id + " within " + LONGEST + "; its api.log says why");
    }

    private JsonNode call(
            String method, String path, HttpRequest.BodyPublisher body, String type)
            throws Exception {
        var answer =
                client.send(
                        HttpRequest.newBuilder(URI.create(API + path))
                                .method(method, body)
                                .timeout(LONGEST)
                                .headers(
                                        "Content-Type", type, "X-Identity-Status", "Confirmed",
                                        "X-Roles", "admin,member,reader", "X-User-Id", "u",
                                        "X-Project-Id", "p", "X-Tenant-Id", "p")
                                .build(),
                        BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IOException(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().isBlank() ? json.createObjectNode() : json.readTree(answer.body());
    }

    @Override
    public void end() throws Exception {
        if (server.isPresent()) {
            Process process = server.get();
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            process.waitFor();
            children.forEach(ProcessHandle::destroy);
            server = Optional.empty();
        }
        Peer.clear(work);
    }
}
