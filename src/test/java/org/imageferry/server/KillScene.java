package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.settings.StartException;

/// A server that is killed again and again over one data folder, and what is known of all its lives.
final class KillScene implements Served, AutoCloseable {
    static final List<String> REGIONS = List.of("cn-hangzhou", "cn-shanghai", "eu-central-1");

    /// Collects all the time, and copies two at once into one of the regions.
    private static final String SETTINGS =
            """
            regions:
              - id: cn-hangzhou
              - id: cn-shanghai
                running-copies: 2
              - id: eu-central-1
            collector:
              grace: 1m
              every: 1s
            """;

    private static final int UNANSWERED = 0;

    private final Path data;
    private final Path settings;
    private final Random random;
    private final PartsDone partsDone = new PartsDone();
    private ServerProcess server;
    private Wire wire;
    private int kills;
    private int deathsAtWork;

    KillScene(Path folder, Random random) throws IOException, StartException, InterruptedException {
        this.data = folder.resolve("data");
        this.settings = Files.writeString(folder.resolve("settings.yaml"), SETTINGS);
        this.random = random;
        this.server = launch().ready();
        this.wire = Wire.to(server.endpoint(), data);
    }

    private ServerProcess launch() throws IOException {
        return ServerProcess.launch(data, "--config", settings.toString());
    }

    @Override
    public List<String> regions() {
        return REGIONS;
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public boolean leavesOpen(EcsFailure failure) {
        return failure.status() == UNANSWERED;
    }

    @Override
    public Path buckets() {
        return data.resolve("buckets");
    }

    @Override
    public long objects(String region) throws IOException {
        return objects(data.resolve("regions").resolve(region));
    }

    /// @param store the folder of a region's store
    static long objects(Path store) throws IOException {
        return files(store.resolve("segments")) + files(store.resolve("manifests"));
    }

    private static long files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }

    int kills() {
        return kills;
    }

    @Override
    public boolean alive() {
        return server.alive();
    }

    /// What happens while death is on its way.
    interface Life {
        void live() throws Exception;
    }

    /// Lets the server live for this long, then kills it, whatever it is doing.
    void killAfter(Duration time, Life life) throws Exception {
        Thread killer = Thread.ofVirtual().start(() -> kill(time));
        life.live();
        killer.join();
        assertThat(server.alive()).as("the server is dead").isFalse();
        note();
    }

    private void kill(Duration time) {
        try {
            assertThat(server.endsWithin(time)).as("the server ended by itself").isFalse();
            server.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts the server again; now and then it dies once more on the way.
    void restart() throws Exception {
        if (random.nextInt(4) == 0) {
            server = launch();
            boolean _ = server.endsWithin(Duration.ofMillis(random.nextInt(1500)));
            server.kill();
            note();
        }
        server = launch().ready();
        wire = Wire.to(server.endpoint(), data);
        deathsAtWork += hasWork() ? 1 : 0;
    }

    private void note() {
        kills++;
        partsDone.note(server);
        assertThat(server.log()).as("the server's log").noneMatch(it -> it.contains("ERROR"));
    }

    private boolean hasWork() throws EcsFailure {
        for (String region : REGIONS) {
            if (wire.openTasks(region) > 0) {
                return true;
            }
        }
        return false;
    }

    int partsDone() {
        return partsDone.count();
    }

    /// After how many deaths there was work to be taken up.
    int deathsAtWork() {
        return deathsAtWork;
    }

    @Override
    public String toString() {
        return kills
                + " kills, "
                + deathsAtWork
                + " of them at work; "
                + partsDone.count()
                + " parts done, each once";
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
