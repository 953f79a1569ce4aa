package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DemoCommandTest extends CommandTest {
    private final List<ServeOptions> served = new ArrayList<>();

    @BeforeEach
    void aServerToStart() {
        scene().starter(options -> {
            served.add(options);
            return scene().server();
        });
    }

    private Path disk() throws IOException {
        byte[] bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);
        return Files.write(folder.resolve("disk.raw"), bytes);
    }

    @Test
    void showsTheMainJobStepByStep() throws IOException {
        assertThat(scene().run("demo", disk().toString())).isZero();

        assertThat(scene().out())
                .containsSubsequence(
                        "1. Start a server",
                        "2. Take a disk image",
                        "disk.raw: 3.00 MiB long, 3.00 MiB of it data; your own (",
                        "3. Import it into cn-hangzhou",
                        "image m-1, golden-20261122-010936-1, is available after",
                        "4. Copy it to cn-shanghai",
                        "1.00 MiB new of 4.00 MiB, stored as 512 KiB, in",
                        "5. Make its next generation",
                        "6. Import it into cn-hangzhou",
                        "7. Copy it to cn-shanghai",
                        "8. Export the copy and compare it with the file",
                        "the same to the last bit (",
                        "): SHA-256 ",
                        "9. Verify every block of it in cn-shanghai",
                        "all blocks are good",
                        "Done in",
                        "The server is stopped now and its temporary folder removed.",
                        "./imageferry demo --keep");
    }

    @Test
    void leavesNothingBehind() throws IOException {
        Path disk = disk();
        byte[] before = Files.readAllBytes(disk);

        scene().run("demo", disk.toString());

        assertThat(served.getFirst().data().getParent()).doesNotExist();
        assertThat(served.getFirst().listen()).isEqualTo("127.0.0.1:0");
        assertThat(scene().server().isStopped()).isTrue();
        assertThat(disk).hasBinaryContent(before);
    }

    @Test
    void aGivenFolderIsKeptAndTheEndingSaysHowToGoOn() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));

        assertThat(scene().run("demo", disk().toString(), "--data", data.toString())).isZero();

        assertThat(data).exists();
        assertThat(scene().out())
                .contains("./imageferry serve --data " + data)
                .contains("./imageferry images --data " + data);
    }

    @Test
    void theTemporaryFolderIsKeptWhenTold() throws IOException {
        scene().run("demo", disk().toString(), "--keep");

        Path kept = served.getFirst().data().resolveSibling("");
        assertThat(kept).exists();
        assertThat(kept.resolve("work")).doesNotExist();
        assertThat(scene().out()).contains("./imageferry serve --data " + kept.resolve("data"));
        TemporaryFolder.delete(kept);
    }

    @Test
    void jsonIsOneObjectAndNothingElse() throws IOException {
        assertThat(
                        scene().run(
                                        "demo",
                                        disk().toString(),
                                        "-o",
                                        "json",
                                        "--from",
                                        SHANGHAI,
                                        "--to",
                                        FRANKFURT))
                .isZero();

        assertThat(scene().json().path("Generations")).hasSize(2);
        assertThat(scene().json().path("SourceRegionId").asString()).isEqualTo(SHANGHAI);
        assertThat(scene().json().path("Sha256").asString()).hasSize(64);
        assertThat(scene().json().path("Kept").asBoolean()).isFalse();
    }

    @Test
    void aCopyThatFailsEndsTheDemoAndTidiesUp() throws IOException {
        scene().cloud().tasksFail(SHANGHAI, "the store is full");

        assertThat(scene().run("demo", disk().toString())).isEqualTo(1);

        assertThat(scene().err())
                .endsWith(
                        "imageferry: cannot show the demo: the copy to cn-shanghai failed: the"
                                + " store is full\n");
        assertThat(served.getFirst().data().getParent()).doesNotExist();
        assertThat(scene().server().isStopped()).isTrue();
    }

    @Test
    void aPlainDiskIsMadeOfTheRunningJavaRuntime() throws IOException {
        DemoDisk plain = new PlainDisk(64 << 20, 8 << 20);
        DemoDisk.Made first = plain.first(folder);
        DemoDisk.Made next = plain.next(folder, first);

        assertThat(first.file()).hasSize(64 << 20);
        assertThat(next.file()).hasSize(64 << 20);
        assertThat(Files.mismatch(first.file(), next.file())).isNotNegative();
        try (SparseFile disk = new SparseFile(first.file())) {
            assertThat(disk.dataBytes()).isBetween(1L << 20, 32L << 20);
        }
    }

    @Test
    void theMachinesDiskHasTwoGenerations() throws IOException {
        DemoDisk disk = new MachineDisk(scene().surroundings(), 64 << 20, 8 << 20);
        DemoDisk.Made first = disk.first(folder);
        DemoDisk.Made next = disk.next(folder, first);

        assertThat(first.file()).hasSize(64 << 20);
        assertThat(next.file()).hasSize(64 << 20);
        assertThat(Files.mismatch(first.file(), next.file())).isNotNegative();
    }
}
