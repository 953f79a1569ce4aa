package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A node of a fleet: a process that can be killed and suspended, with a cable of its own to the database
/// and one to the object storage.
final class FleetNode implements AutoCloseable {
    private final Path data;
    private final Path settings;
    private final Credentials credentials;
    private final Map<String, String> variables;
    private final Cable database;
    private final Cable storage;
    private final List<ServerProcess> lives = new ArrayList<>();
    private volatile boolean well;
    private volatile Wire wire;

    /// @param variables of its environment
    FleetNode(
            Path data,
            Path settings,
            Credentials credentials,
            Map<String, String> variables,
            Cable database,
            Cable storage)
            throws IOException {
        this.data = data;
        this.settings = settings;
        this.credentials = credentials;
        this.variables = variables;
        this.database = database;
        this.storage = storage;
        this.wire = Wire.to("http://127.0.0.1:1", credentials);
        launch();
    }

    void launch() throws IOException {
        lives.add(
                ServerProcess.launch(
                        "127.0.0.1:0",
                        data,
                        variables,
                        List.of(),
                        "--config",
                        settings.toString()));
    }

    void ready() throws InterruptedException {
        wire = Wire.to(process().ready().endpoint(), credentials);
        well = true;
    }

    ServerProcess process() {
        return lives.getLast();
    }

    /// All processes that it ever was.
    List<ServerProcess> lives() {
        return lives;
    }

    Wire wire() {
        return wire;
    }

    Cable database() {
        return database;
    }

    Cable storage() {
        return storage;
    }

    /// Whether it runs, and nothing is in its way.
    boolean well() {
        return well;
    }

    void setWell(boolean now) {
        well = now;
    }

    /// Its name in the catalog.
    String name() throws IOException {
        return Files.readAllLines(data.resolve("node")).getFirst().substring("node=".length());
    }

    @Override
    public void close() throws Exception {
        database.close();
        storage.close();
        process().close();
    }
}
