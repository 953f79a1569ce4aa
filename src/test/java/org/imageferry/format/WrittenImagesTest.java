package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Image files that we make hold the disk that they were made of, for our readers and for qemu-img.
final class WrittenImagesTest {
    private static final UUID ID = new UUID(1, 2);
    private static final int PAGE_BYTES = 4096;
    private static final int MOST_BLOCK_PAGES = 64;
    private static final long TIB = 1L << 40;

    @TempDir private Path folder;

    enum Kind {
        QCOW2(ImageFormat.QCOW2, "qcow2"),
        PACKED(ImageFormat.QCOW2, "qcow2"),
        VHD(ImageFormat.VHD, "vpc");

        private final ImageFormat format;
        private final String qemu;

        Kind(ImageFormat format, String qemu) {
            this.format = format;
            this.qemu = qemu;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "QCOW2, 5000000, 131072",
        "QCOW2, 8388608, 1073741824",
        "QCOW2, 1, 1073741824",
        "PACKED, 5000000, 131072",
        "PACKED, 8388608, 1073741824",
        "VHD, 5000000, 131072",
        "VHD, 8388608, 1073741824",
        "VHD, 1, 1073741824"
    })
    void aFileHoldsItsDiskUpToAWholeSector(Kind kind, int diskBytes, long partBytes)
            throws Exception {
        byte[] disk = Qemu.disk(diskBytes, 3);
        disk[diskBytes - 1] = 7;
        byte[] file = new byte[(int) write(kind, disk, partBytes, FileSink.NOWHERE)];
        FileSink sink =
                (offset, content) ->
                        content.duplicate().get(file, (int) offset, content.remaining());
        assertThat(write(kind, disk, partBytes, sink)).isEqualTo(file.length);

        DiskImage read = kind.format.open(new MemoryFile(file));
        assertThat(Contents.all(read))
                .isEqualTo(Arrays.copyOf(disk, (diskBytes + 511) / 512 * 512));
        assertThat(file.length).as("holes are left out").isLessThan(diskBytes + (5 << 20));

        Qemu.require();
        Path path = Files.write(folder.resolve("image"), file);
        check(kind, path);
        assertThat(Qemu.raw(path, kind.qemu)).isEqualTo(Contents.all(read));
    }

    @Test
    void whatCanBeCompressedTakesLessRoom() throws Exception {
        byte[] disk = new byte[4 << 20];
        for (int i = 0; i < disk.length; i++) {
            disk[i] = (byte) (i / 1000);
        }
        long plain = write(Kind.QCOW2, disk, 1 << 30, FileSink.NOWHERE);
        assertThat(write(Kind.PACKED, disk, 1 << 30, FileSink.NOWHERE)).isLessThan(plain / 8);
    }

    /// More than one block of reference counts, and more than one L2 table: the tables are right though
    /// all data is left zero.
    @ParameterizedTest
    @CsvSource({"QCOW2, 40, 5", "QCOW2, 3000, 3", "VHD, 40, 5", "VHD, 2040, 1"})
    void theTablesOfLargeDisksAreRight(Kind kind, long gib, int dataGib) throws Exception {
        Qemu.require();
        Path path = folder.resolve("large");
        long diskBytes = gib << 30;
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ImageWriter writer =
                    writer(kind, diskBytes, (offset, content) -> file.write(content, offset));
            writer.part(List.of(new ImageFile.Stretch(0, PAGE_BYTES)));
            writer.part(
                    List.of(
                            new ImageFile.Stretch(
                                    diskBytes - ((long) dataGib << 30), (long) dataGib << 30)));
            long length = writer.finish();
            if (file.size() < length) {
                file.write(ByteBuffer.allocate(1), length - 1);
            }
        }
        check(kind, path);
        assertThat(Qemu.run(folder, "qemu-img", "info", "-f", kind.qemu, "large"))
                .contains("(" + diskBytes + " bytes)");
    }

    @Test
    void theTablesOfALargeCompressedDiskAreRight() throws Exception {
        Qemu.require();
        Path path = folder.resolve("large");
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            byte[] half = new byte[40_000]; // taken for compressed: check does not unpack it
            byte[] whole = new byte[Qcow2Packer.CLUSTER_BYTES];
            FileSink sink =
                    (offset, content) -> {
                        if (content.remaining() != half.length) {
                            file.write(content, offset);
                        }
                    };
            Qcow2Packer packer = new Qcow2Packer(2 * TIB, sink);
            for (long cluster = 0; cluster < 70_000; cluster++) {
                packer.append(cluster * 3, cluster % 5 == 0 ? whole : half);
            }
            long length = packer.finish();
            if (file.size() < length) {
                file.write(ByteBuffer.allocate(1), length - 1);
            }
        }
        check(Kind.PACKED, path);
    }

    @Test
    void aVhdHoldsNoMoreThanItsFormatAllows() {
        long most = VhdWriter.MOST_DISK_BYTES;
        assertThat(ImageWriter.vhd(most, ID, FileSink.NOWHERE)).isNotNull();
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ImageWriter.vhd(most + 1, ID, FileSink.NOWHERE));
    }

    @Test
    void whatWasNotAnnouncedIsNotWritten() throws Exception {
        ImageWriter writer = ImageWriter.qcow2(1 << 20, FileSink.NOWHERE);
        writer.part(List.of(new ImageFile.Stretch(0, PAGE_BYTES)));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> writer.write(1 << 19, ByteBuffer.allocate(1)));
    }

    private void check(Kind kind, Path path) throws Exception {
        if (kind != Kind.VHD) { // qemu-img can't check that
            assertThat(Qemu.run(folder, "qemu-img", "check", "-f", "qcow2", path.toString()))
                    .contains("No errors were found");
        }
    }

    private static ImageWriter writer(Kind kind, long diskBytes, FileSink sink) throws Exception {
        return kind == Kind.VHD
                ? ImageWriter.vhd(diskBytes, ID, sink)
                : ImageWriter.qcow2(diskBytes, sink);
    }

    private static long write(Kind kind, byte[] disk, long partBytes, FileSink sink)
            throws Exception {
        if (kind == Kind.PACKED) {
            return pack(disk, sink);
        }
        ImageWriter writer = writer(kind, disk.length, sink);
        for (long from = 0; from < disk.length; from += partBytes) {
            List<ImageFile.Stretch> blocks =
                    blocks(disk, from, Math.min(disk.length, from + partBytes));
            writer.part(List.copyOf(blocks));
            Collections.shuffle(blocks, new Random(1));
            for (ImageFile.Stretch block : blocks) {
                writer.write(
                        block.offset(),
                        ByteBuffer.wrap(disk, (int) block.offset(), (int) block.length()));
            }
        }
        return writer.finish();
    }

    /// As the engine cuts them: whole pages, none of zeros at their ends, not too long.
    private static List<ImageFile.Stretch> blocks(byte[] disk, long from, long to) {
        List<ImageFile.Stretch> blocks = new ArrayList<>();
        for (ImageFile.Stretch page : new MemoryFile(disk).data(from, to)) {
            boolean joins =
                    !blocks.isEmpty()
                            && blocks.getLast().offset() + blocks.getLast().length()
                                    == page.offset()
                            && blocks.getLast().length() < MOST_BLOCK_PAGES * PAGE_BYTES;
            long start = joins ? blocks.removeLast().offset() : page.offset();
            blocks.add(new ImageFile.Stretch(start, page.offset() + page.length() - start));
        }
        return blocks;
    }

    private static long pack(byte[] disk, FileSink sink) throws Exception {
        Qcow2Packer packer = new Qcow2Packer(disk.length, sink);
        int size = Qcow2Packer.CLUSTER_BYTES;
        for (int cluster = 0; cluster * size < disk.length; cluster++) {
            if (!new MemoryFile(disk)
                    .data((long) cluster * size, (cluster + 1L) * size)
                    .isEmpty()) {
                byte[] bytes = Arrays.copyOfRange(disk, cluster * size, (cluster + 1) * size);
                packer.append(cluster, Qcow2Packer.packed(bytes));
            }
        }
        return packer.finish();
    }
}
