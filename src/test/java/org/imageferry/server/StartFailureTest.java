package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import org.imageferry.cli.ServeOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that can't start says why and what to do, in words and not in stack traces, and spoils
/// nothing.
final class StartFailureTest {
    @TempDir private Path folder;
    private Path data;

    @BeforeEach
    void name() {
        data = folder.resolve("data");
    }

    @Test
    void aSecondServerOnADataFolderIsRefused() throws Exception {
        EmbeddedServer first = start(data);
        try {
            refused(data, "is in use by process", "stop it or use another --data");
            assertThat(Wire.to(first.endpoint(), data).images("cn-hangzhou")).isEmpty();
        } finally {
            first.stop();
        }
    }

    @Test
    void aPortInUseIsNamedAndTheFolderIsFreeAgain() throws Exception {
        Path other = folder.resolve("other");
        EmbeddedServer first = start(data);
        String listen = first.endpoint().substring("http://".length());
        try (ServerProcess second = ServerProcess.launchAt(listen, other)) {
            refused(second, "cannot listen on " + listen, "choose another address");
        } finally {
            first.stop();
        }
        starts(other);
    }

    @Test
    void aCatalogOfANewerVersionIsLeftAlone() throws Exception {
        starts(data);
        catalog("update flyway_schema_history set version = '999'", "pragma user_version = 999");
        byte[] before = Files.readAllBytes(data.resolve("catalog.db"));
        refused(data, "newer imageferry", "start the newer one");
        assertThat(Files.readAllBytes(data.resolve("catalog.db"))).isEqualTo(before);
    }

    @Test
    void aDamagedCatalogIsSaid() throws Exception {
        starts(data);
        Files.writeString(data.resolve("catalog.db"), "this is no database ".repeat(1000));
        refused(data, "catalog.db", "move the file away");
    }

    @Test
    void anotherMasterKeyIsRefused() throws Exception {
        starts(data);
        Path other = folder.resolve("other");
        starts(other);
        Files.write(data.resolve("master.key"), Files.readAllBytes(other.resolve("master.key")));
        refused(data, "master.key", "put back");
    }

    @Test
    void noMasterKeyIsMadeInPlaceOfALostOne() throws Exception {
        starts(data);
        Path elsewhere = folder.resolve("master.key");
        Files.move(data.resolve("master.key"), elsewhere);
        refused(data, "master.key", "put back");
        assertThat(data.resolve("master.key")).doesNotExist();
        Files.move(elsewhere, data.resolve("master.key"));
        starts(data);
    }

    @Test
    void settingsThatAreNotUnderstoodAreNamed() throws Exception {
        Path settings = Files.writeString(folder.resolve("settings.yaml"), "regoins: []\n");
        try (ServerProcess server = ServerProcess.launch(data, "--config", settings.toString())) {
            refused(server, "settings.yaml, line 1", "regoins", "regions");
        }
    }

    @Test
    void aDataFolderThatCanNotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused(file.resolve("data"), file.toString());
    }

    private void catalog(String... changes) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("catalog.db"));
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.executeUpdate(change);
            }
        }
    }

    private static void starts(Path data) throws Exception {
        EmbeddedServer server = start(data);
        try {
            assertThat(Wire.to(server.endpoint(), data).images("cn-hangzhou")).isEmpty();
        } finally {
            server.stop();
        }
    }

    /// In this process: only who is refused needs one of his own, whose words and exit code are looked at.
    private static EmbeddedServer start(Path data) throws IOException {
        return EmbeddedServer.start(new ServeOptions(data, Optional.empty(), "127.0.0.1:0"));
    }

    private static void refused(Path data, String... words) throws Exception {
        try (ServerProcess server = ServerProcess.launch(data)) {
            refused(server, words);
        }
    }

    private static void refused(ServerProcess server, String... words) throws InterruptedException {
        assertThat(server.awaitEnd()).as("exit code").isEqualTo(1);
        assertThat(String.join("\n", server.log()))
                .contains(words)
                .doesNotContain("\tat ")
                .doesNotContain("Exception");
    }
}
