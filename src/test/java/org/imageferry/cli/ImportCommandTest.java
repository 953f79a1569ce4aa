package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.imageferry.cli.FakeFerry.Request;
import org.junit.jupiter.api.Test;

final class ImportCommandTest extends CommandTest {
    private static final int MIB = 1 << 20;

    /// 40 MiB, of which 1 MiB at the beginning, 17 MiB from the middle and the last byte are data.
    private Path disk() throws IOException {
        byte[] bytes = new byte[40 * MIB];
        Arrays.fill(bytes, 0, MIB, (byte) 1);
        Arrays.fill(bytes, 20 * MIB, 37 * MIB, (byte) 2);
        bytes[bytes.length - 1] = 3;
        Path disk = folder.resolve("disk.raw");
        Files.write(disk, bytes);
        return disk;
    }

    private int importDisk(Path disk, String... more) {
        String[] first = {"import", disk.toString(), "--region", HANGZHOU, "--name", "golden"};
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return scene().run(all);
    }

    @Test
    void makesAnImageOfAFile() throws IOException {
        Path disk = disk();

        assertThat(importDisk(disk)).isZero();

        assertThat(scene().cloud().image("golden").orElseThrow().content().all())
                .isEqualTo(Files.readAllBytes(disk));
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       IMAGE  NAME    STATUS
                        cn-hangzhou  m-1    golden  Available
                        """);
        assertThat(scene().err())
                .contains("upload of disk.raw: started\n")
                .contains("upload of disk.raw: 18.1 MiB of data uploaded in 0.00 s\n")
                .contains("import of golden: waiting, 2 in the queue before it\n")
                .contains("import of golden: done in 0.23 s\n");
    }

    @Test
    void holesAreNotSentAndExtentsAreBounded() throws IOException {
        importDisk(disk());

        assertThat(scene().server().requests("PutObjectExtent"))
                .extracting(request -> request.get("Offset"))
                .containsExactly(
                        "0",
                        Integer.toString(20 * MIB),
                        Integer.toString(24 * MIB),
                        Integer.toString(32 * MIB),
                        Integer.toString(40 * MIB - SparseFile.GRAIN_BYTES));
    }

    @Test
    void tidiesUpWhatItUploaded() throws IOException {
        importDisk(disk());

        assertThat(scene().cloud().buckets().objects()).isEmpty();
        assertThat(scene().cloud().buckets().uploads()).isEmpty();
    }

    @Test
    void asksForWhatTheOptionsSay() throws IOException {
        importDisk(
                disk(),
                "--description",
                "d",
                "--format",
                "raw",
                "--os",
                "windows",
                "--platform",
                "Windows",
                "--architecture",
                "arm64",
                "--boot-mode",
                "UEFI",
                "--tag",
                "a=1");

        Request request = scene().server().requests("ImportImage").getFirst();
        assertThat(request.parameters())
                .containsAllEntriesOf(
                        Map.of(
                                "ImageName", "golden",
                                "Description", "d",
                                "DiskDeviceMapping.1.Format", "RAW",
                                "DiskDeviceMapping.1.OSSBucket", "images",
                                "OSType", "windows",
                                "Platform", "Windows",
                                "Architecture", "arm64",
                                "BootMode", "UEFI",
                                "Tag.1.Key", "a"))
                .containsKey("ClientToken");
    }

    @Test
    void jsonIsOneObjectWithTheImagesId() throws IOException {
        assertThat(importDisk(disk(), "-o", "json")).isZero();

        assertThat(scene().json().path("ImageId").asString()).isEqualTo("m-1");
        assertThat(scene().json().path("RegionId").asString()).isEqualTo(HANGZHOU);
        assertThat(scene().json().path("Status").asString()).isEqualTo("Available");
    }

    @Test
    void goesOnWhereItWasInterrupted() throws IOException {
        Path disk = disk();
        scene().server()
                .failWhen(
                        request -> request.get("Offset").equals(Integer.toString(32 * MIB)),
                        500,
                        "InternalError",
                        "Oops.",
                        1);
        assertThat(importDisk(disk)).isEqualTo(1);
        int before = scene().server().requests("PutObjectExtent").size();

        assertThat(importDisk(disk)).isZero();

        assertThat(scene().server().requests("PutObjectExtent").subList(before, before + 2))
                .extracting(request -> request.get("Offset"))
                .containsExactly(
                        Integer.toString(32 * MIB),
                        Integer.toString(40 * MIB - SparseFile.GRAIN_BYTES));
        assertThat(scene().cloud().image("golden").orElseThrow().content().all())
                .isEqualTo(Files.readAllBytes(disk));
    }

    @Test
    void whatArrivedAndIsNotOfThisFileIsThrownAway() throws IOException {
        Path disk = disk();
        FakeObject stale = new FakeObject(Files.size(disk));
        stale.put(5 * MIB, new byte[] {9});
        scene().cloud().buckets().uploads().put(HANGZHOU + "/" + FileState.of(disk).key(), stale);

        assertThat(importDisk(disk)).isZero();

        assertThat(scene().cloud().image("golden").orElseThrow().content().all())
                .isEqualTo(Files.readAllBytes(disk));
    }

    @Test
    void whatIsUploadedAlreadyIsNotUploadedAgain() throws IOException {
        Path disk = disk();
        scene().server()
                .failWhen(
                        request -> request.action().equals("ImportImage"),
                        403,
                        "QuotaExceed.Image",
                        "Too many.",
                        1);
        assertThat(importDisk(disk)).isEqualTo(1);
        assertThat(scene().err())
                .endsWith(
                        "imageferry: cannot import %s into cn-hangzhou: Too many (QuotaExceed.Image, request R-10); delete some with 'imageferry delete'\n"
                                .formatted(disk));
        int before = scene().server().requests("PutObjectExtent").size();

        assertThat(importDisk(disk)).isZero();

        assertThat(scene().server().requests("PutObjectExtent")).hasSize(before);
    }

    @Test
    void aTakenNameIsNoticedBeforeAnythingIsSent() throws IOException {
        scene().cloud().anImage(HANGZHOU, "golden", new byte[] {1});

        assertThat(importDisk(disk())).isEqualTo(1);

        assertThat(scene().err())
                .contains("there is an image golden in cn-hangzhou already, m-1; choose another");
        assertThat(scene().server().requests("PutObjectExtent")).isEmpty();
    }

    @Test
    void anImportThatFailsSaysWhy() throws IOException {
        scene().cloud().tasksFail(HANGZHOU, "the store is full");

        assertThat(importDisk(disk())).isEqualTo(1);

        assertThat(scene().err())
                .endsWith(
                        "into cn-hangzhou: the store is full (Damaged); 'imageferry delete m-1'"
                                + " forgets the image\n");
    }

    @Test
    void detachedItEndsOnceTheImportIsAccepted() throws IOException {
        assertThat(importDisk(disk(), "--detach", "-o", "json")).isZero();

        assertThat(scene().json().path("TaskId").asString()).isEqualTo("t-2");
        assertThat(scene().server().requests("DescribeQueue")).isEmpty();
        assertThat(scene().cloud().buckets().objects()).hasSize(1);
    }

    @Test
    void ctrlCWhileItIsImportedSaysHowToGoOn() throws IOException {
        scene().interruptedAtRest(1);

        assertThat(importDisk(disk())).isEqualTo(130);

        assertThat(scene().err())
                .endsWith(
                        "the import goes on; follow it with: imageferry queue --watch; cancel it"
                                + " with: imageferry cancel m-1\n");
    }

    @Test
    void aMissingFileIsSaidToBeMissing() {
        Path none = folder.resolve("none.raw");

        assertThat(importDisk(none)).isEqualTo(1);

        assertThat(scene().err())
                .isEqualTo(
                        "imageferry: cannot import %s into cn-hangzhou: there is no file %s; check the path\n"
                                .formatted(none, none));
    }

    @Test
    void anEmptyFileIsNoDisk() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.raw"));

        assertThat(importDisk(empty)).isEqualTo(1);

        assertThat(scene().err()).contains("empty.raw is empty");
    }

    @Test
    void aDiskOfZerosIsUploadedWithoutAnyExtent() throws IOException {
        Path zeros = folder.resolve("zeros.raw");
        Files.write(zeros, new byte[MIB]);

        assertThat(importDisk(zeros)).isZero();

        assertThat(scene().server().requests("PutObjectExtent")).isEmpty();
        assertThat(scene().cloud().image("golden").orElseThrow().content().length()).isEqualTo(MIB);
    }
}
