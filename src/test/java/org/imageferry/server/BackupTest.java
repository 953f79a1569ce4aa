package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.cli.Relocations.Backup;
import org.imageferry.cli.Relocations.Relocated;
import org.imageferry.cli.Relocations.Restore;
import org.imageferry.cli.Relocations.Watch;
import org.imageferry.cli.ServeOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Backups of an installation whose server runs and works, and what is made of them.
final class BackupTest {
    private static final String SOURCE = RealServer.SOURCE;
    private static final String DESTINATION = "eu-central-1";
    private static final int DISK_BYTES = 6 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private final Relocator relocator = new Relocator();
    private final List<AutoCloseable> running = new ArrayList<>();
    private RealServer server;
    private Wire wire;

    @BeforeEach
    void start() throws Exception {
        server = new RealServer(folder, DISK_BYTES);
        running.add(server);
        wire = server.wire();
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    private Path to() {
        return folder.resolve("backup");
    }

    private Path restored() {
        return folder.resolve("restored");
    }

    private Relocated backup(Watch watch) throws IOException {
        return relocator.backup(new Backup(server.data(), Optional.empty(), to(), true), watch);
    }

    private Relocated restore(Watch watch) throws IOException {
        return relocator.restore(new Restore(to(), restored()), watch);
    }

    private String image(String name) throws Exception {
        String image = wire.image(Wire.importing(SOURCE, RealServer.OBJECT, name));
        assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
        return image;
    }

    private Wire serve(Path data) throws Exception {
        ServerProcess process = ServerProcess.launch(data).ready();
        running.add(process);
        return Wire.to(process.endpoint(), data);
    }

    private void end() throws Exception {
        assertThat(server.process().terminate(PATIENCE)).isPresent();
    }

    private static void assertWhole(Wire of) throws Exception {
        for (String region : List.of(SOURCE, DESTINATION)) {
            assertThat(of.taskOutcome(region, of.verify(region))).isEqualTo("Finished");
        }
    }

    @Test
    void whatWasBackedUpWhileCopiesRanIsThereAgainWhole() throws Exception {
        String image = image("golden");
        String copy = wire.image(Wire.copying(SOURCE, image, DESTINATION, "copy"));
        backup(new Told()); // the copy may be anywhere
        assertThat(wire.outcome(DESTINATION, copy)).isEqualTo("Available");
        Patience.until("a backup after the last record", () -> isOfNothingNew(backup(new Told())));
        long before = objects(backup(new Told()));

        Relocated nothingNew = backup(new Told());

        assertThat(isOfNothingNew(nothingNew)).isTrue();
        assertThat(objects(nothingNew)).isEqualTo(before);
        assertThat(nothingNew.notes()).anyMatch(note -> note.contains("WARNING"));
        List<Wire.Shown> images = wire.images(DESTINATION);
        end();
        assertThat(restore(new Told()).notes()).isEmpty();
        Wire again = serve(restored());
        assertThat(again.images(SOURCE)).extracting(Wire.Shown::id).containsExactly(image);
        assertThat(again.images(DESTINATION)).isEqualTo(images);
        assertWhole(again);
        String next = again.image(Wire.copying(SOURCE, image, DESTINATION, "next"));
        assertThat(again.outcome(DESTINATION, next)).isEqualTo("Available");
    }

    @Test
    void aRegionThatHasAFolderOfItsOwnIsPartOfIt() throws Exception {
        end();
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path config =
                Files.writeString(
                        elsewhere.resolve("settings.yaml"),
                        "regions: [{id: %s, folder: %s}, {id: %s}]\n"
                                .formatted(SOURCE, elsewhere.resolve("its-own"), DESTINATION));
        try (RealServer own =
                new RealServer(elsewhere, DISK_BYTES, "--config", config.toString())) {
            wire = own.wire();
            String image = image("golden");
            Relocated done =
                    relocator.backup(
                            new Backup(own.data(), Optional.of(config), to(), true), new Told());
            assertThat(done.regions()).hasSize(2);
            assertThat(own.data().resolve("regions").resolve(SOURCE)).doesNotExist();
            assertThat(own.process().terminate(PATIENCE)).isPresent();
            assertThat(restore(new Told()).notes())
                    .singleElement()
                    .asString()
                    .contains(restored().resolve("settings.yaml").toString());
            Wire again = serve(restored());
            assertThat(again.images(SOURCE)).extracting(Wire.Shown::id).containsExactly(image);
            assertWhole(again);
        }
    }

    private static boolean isOfNothingNew(Relocated relocated) {
        return relocated.regions().stream().allMatch(region -> region.bytes() == 0);
    }

    private static long objects(Relocated relocated) {
        return relocated.regions().stream().mapToLong(region -> region.objects()).sum();
    }

    @Test
    void whatIsBrokenOffIsGivenAgainAndGoesOn() throws Exception {
        String image = image("golden");
        assertThat(untilDone(this::backup)).isGreaterThan(3);
        end();
        assertThat(untilDone(this::restore)).isGreaterThan(3);
        Wire again = serve(restored());
        assertThat(again.images(SOURCE)).extracting(Wire.Shown::id).containsExactly(image);
        assertWhole(again);
    }

    private interface Command {
        Relocated run(Watch watch) throws IOException;
    }

    /// Broken off at its first step, then at its second, and so on.
    ///
    /// @return how often
    private static int untilDone(Command command) throws IOException {
        for (int steps = 1; ; steps++) {
            try {
                command.run(new Told(steps));
                return steps;
            } catch (Told.BrokenOff e) {
                assertThat(e).hasNoCause();
            }
        }
    }

    @Test
    void whatIsDeletedMeanwhileIsLeftOut() throws Exception {
        String kept = image("kept");
        byte[] other = new byte[3 << 20];
        new Random(3).nextBytes(other);
        Path file = Files.write(folder.resolve("other"), other);
        wire.upload(RealServer.diskOf(file, other.length), SOURCE, "other");
        String gone = wire.image(Wire.importing(SOURCE, "other", "gone"));
        assertThat(wire.outcome(SOURCE, gone)).isEqualTo("Available");
        AtomicBoolean first = new AtomicBoolean(true);
        Told told =
                new Told(() -> {
                    if (first.getAndSet(false)) {
                        delete(gone);
                    }
                });

        Relocated relocated = backup(told);

        assertThat(told.lines()).anyMatch(line -> line.contains("once more"));
        assertThat(relocated.regions()).allMatch(region -> region.missing() == 0);
        end();
        restore(new Told());
        Wire again = serve(restored());
        assertThat(again.images(SOURCE)).extracting(Wire.Shown::id).containsExactly(kept);
        assertWhole(again);
    }

    private void delete(String image) {
        try {
            List<String> snapshots =
                    wire.images(SOURCE).stream()
                            .filter(shown -> shown.id().equals(image))
                            .flatMap(shown -> shown.snapshots().stream())
                            .toList();
            wire.deleteImage(SOURCE, image);
            for (String snapshot : snapshots) {
                wire.deleteSnapshot(SOURCE, snapshot);
            }
            wire.collectGarbage();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBackupsCatalogAloneIsOlderThanTheStores() throws Exception {
        image("first");
        backup(new Told());
        image("second");
        end();
        Files.copy(
                to().resolve("catalog.db"),
                server.data().resolve("catalog.db"),
                StandardCopyOption.REPLACE_EXISTING);
        for (String end : List.of("-wal", "-shm")) {
            Files.deleteIfExists(server.data().resolve("catalog.db" + end));
        }
        assertThat(serve(server.data()).usage(SOURCE).status())
                .contains("the catalog is older than the store")
                .contains("imageferry rebuild");
    }

    @Test
    void withoutTheMasterKeyTheBackupHasNoSecrets() throws Exception {
        image("golden");
        backup(new Told());
        assertThat(to().resolve("master.key")).exists();
        Relocated without =
                relocator.backup(
                        new Backup(server.data(), Optional.empty(), to(), false), new Told());
        assertThat(without.notes()).anyMatch(note -> note.contains("not part of the backup"));
        assertThat(to().resolve("master.key")).doesNotExist();
        assertThat(to().resolve("credentials")).doesNotExist();
        end();
        assertThat(restore(new Told()).notes())
                .anyMatch(note -> note.contains("the backup has no master key"));
        ServeOptions options = new ServeOptions(restored(), Optional.empty(), "127.0.0.1:0");
        assertThatThrownBy(() -> EmbeddedServer.start(options))
                .hasMessageContaining("master.key is gone");
        for (String name : List.of("master.key", "credentials")) {
            Files.copy(
                    server.data().resolve(name),
                    restored().resolve(name),
                    StandardCopyOption.COPY_ATTRIBUTES,
                    StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(serve(restored()).images(SOURCE)).hasSize(1);
    }

    @Test
    void whatIsNoBackupOrNoDataFolderIsRefused() throws Exception {
        refused(() -> restore(new Told()), "is no backup");
        backup(new Told());
        ServeOptions onBackup = new ServeOptions(to(), Optional.empty(), "127.0.0.1:0");
        refused(() -> EmbeddedServer.start(onBackup).stop(), "is a backup", "imageferry restore");
        Path inside = server.data().resolve("backup");
        refused(() -> copied(server.data(), inside), "is in the data folder");
        refused(() -> copied(folder.resolve("none"), to()), "has no catalog");
        Path full = Files.createDirectories(folder.resolve("full"));
        Files.writeString(full.resolve("photo"), "");
        refused(() -> copied(server.data(), full), "holds something else");
        Files.createDirectories(restored());
        refused(
                () -> relocator.restore(new Restore(to(), server.data()), new Told()),
                "is in use by process");
        FolderMark.RESTORING.ensure(restored());
        ServeOptions onHalf = new ServeOptions(restored(), Optional.empty(), "127.0.0.1:0");
        refused(() -> EmbeddedServer.start(onHalf).stop(), "was not restored to the end");
    }

    private void copied(Path data, Path its) throws IOException {
        relocator.backup(new Backup(data, Optional.empty(), its, true), new Told());
    }

    private static void refused(ThrowingCallable command, String... words) {
        assertThatThrownBy(command)
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words));
    }
}
