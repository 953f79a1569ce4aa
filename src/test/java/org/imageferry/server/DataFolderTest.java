package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.imageferry.domain.RegionId;
import org.imageferry.settings.StartException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir private Path temporary;
    private Path data;

    @BeforeEach
    void name() throws IOException {
        data = temporary.toRealPath().resolve("data");
    }

    @Test
    void aFolderIsMadeForItsOwnerAlone() throws Exception {
        try (DataFolder folder = DataFolder.open(data.resolve("deep"))) {
            assertThat(folder.path()).isEqualTo(data.resolve("deep"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void everythingHasItsPlaceInIt() throws Exception {
        try (DataFolder folder = DataFolder.open(data)) {
            assertThat(folder.catalog()).isEqualTo(data.resolve("catalog.db"));
            assertThat(folder.region(new RegionId("eu-central-1")))
                    .isEqualTo(data.resolve("regions/eu-central-1"));
            assertThat(folder.buckets()).isEqualTo(data.resolve("buckets"));
            assertThat(folder.masterKey()).isEqualTo(data.resolve("master.key"));
            assertThat(folder.credentials()).isEqualTo(data.resolve("credentials"));
            assertThat(data.resolve("lock"))
                    .hasContent(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void nobodyElseInThisProcessGetsIt() throws Exception {
        Path alias = Files.createSymbolicLink(temporary.resolve("alias"), data);
        try (DataFolder _ = DataFolder.open(data)) {
            refused(data, inUse(ProcessHandle.current().pid()));
            refused(alias, "in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void anotherProcessGetsItOnlyOnceItIsClosed() throws Exception {
        DataFolder folder = DataFolder.open(data);
        assertThat(openElsewhere()).isEqualTo(inUse(ProcessHandle.current().pid()));
        folder.close();
        folder.close();
        assertThat(openElsewhere()).isEqualTo("open");
    }

    /// POSIX drops a process's locks on a file when any channel on it is closed.
    @Test
    void aRefusedAttemptDoesNotLoosenTheLock() throws Exception {
        try (DataFolder _ = DataFolder.open(data)) {
            refused(data, inUse(ProcessHandle.current().pid()));
            assertThat(openElsewhere()).isEqualTo(inUse(ProcessHandle.current().pid()));
        }
    }

    @Test
    void aKilledOwnersFolderIsFree() throws Exception {
        Process owner = elsewhere();
        try (BufferedReader said = owner.inputReader()) {
            assertThat(said.readLine()).isEqualTo("open");
            refused(data, inUse(owner.pid()));
        }
        owner.destroyForcibly().waitFor();
        DataFolder.open(data).close();
    }

    @Test
    void aFolderThatHoldsSomethingElseIsRefusedAndLeftAlone() throws Exception {
        Files.createDirectories(data);
        Files.writeString(data.resolve("holiday.jpg"), "");
        refused(data, "%s holds something else (holiday.jpg)".formatted(data));
        try (var entries = Files.list(data)) {
            assertThat(entries).containsExactly(data.resolve("holiday.jpg"));
        }
    }

    @Test
    void anEmptyFolderAFreshFileSystemAndARestoredBackupAreTaken() throws Exception {
        Files.createDirectories(data.resolve("lost+found"));
        DataFolder.open(data).close();
        Files.delete(data.resolve("lock"));
        Files.writeString(data.resolve("catalog.db"), "");
        DataFolder.open(data).close();
        DataFolder.open(Files.createDirectory(temporary.resolve("empty"))).close();
    }

    @Test
    void aFileIsRefused() throws IOException {
        Files.writeString(data, "");
        refused(data, data + " is no folder: name one with --data");
    }

    @Test
    void whereNoFolderCanBeThePlaceIsNamed() throws IOException {
        Files.writeString(data, "");
        refused(data.resolve("below"), "can't use data folder " + data.resolve("below"));
    }

    private String inUse(long pid) {
        return "data folder %s is in use by process %d: stop it or use another --data"
                .formatted(data, pid);
    }

    private static void refused(Path path, String why) {
        assertThatThrownBy(() -> DataFolder.open(path))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(why);
    }

    private String openElsewhere() throws Exception {
        Process process = elsewhere();
        process.outputWriter().close();
        try (BufferedReader said = process.inputReader()) {
            return said.readLine();
        } finally {
            process.waitFor();
        }
    }

    private Process elsewhere() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opener.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// Opens a data folder, says how that went, and keeps it until its input ends.
    static final class Opener {
        private Opener() {}

        public static void main(String[] arguments) throws IOException {
            try (DataFolder _ = DataFolder.open(Path.of(arguments[0]))) {
                System.out.println("open");
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (StartException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
