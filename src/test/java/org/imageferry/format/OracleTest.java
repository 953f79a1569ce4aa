package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Images of all kinds, made by qemu-img, hold for us what they hold for it.
final class OracleTest {
    private static final int DISK_BYTES = (5 << 20) + 3 * 512;

    @TempDir private Path folder;

    @BeforeEach
    void qemu() {
        Qemu.require();
    }

    @ParameterizedTest
    @CsvSource({
        "qcow2, cluster_size=512",
        "qcow2, cluster_size=4k",
        "qcow2, cluster_size=64k",
        "qcow2, cluster_size=2M",
        "qcow2, compat=0.10",
        "qcow2, 'cluster_size=512,compat=0.10'",
        "qcow2, 'extended_l2=on,cluster_size=16k'",
        "qcow2, 'extended_l2=on,cluster_size=128k'",
        "qcow2, 'extended_l2=on,cluster_size=2M'",
        "qcow2, preallocation=metadata",
        "qcow2, preallocation=full",
        "qcow2, preallocation=falloc",
        "qcow2, 'extended_l2=on,cluster_size=64k,preallocation=metadata'",
        "qcow2, refcount_bits=64",
        "qcow2, 'compat=0.10,cluster_size=2M'",
        "qcow2, 'lazy_refcounts=on,refcount_bits=1'",
        "vpc, subformat=dynamic",
        "vpc, subformat=fixed",
        "vpc, 'subformat=dynamic,force_size=on'",
        "vpc, 'subformat=fixed,force_size=on'",
        "vhdx, subformat=dynamic",
        "vhdx, subformat=fixed",
        "vhdx, block_size=1M",
        "vhdx, 'block_size=2M,block_state_zero=off'",
        "vhdx, 'log_size=16M,block_size=256M'",
        "vmdk, subformat=monolithicSparse",
        "vmdk, 'subformat=monolithicSparse,zeroed_grain=on'",
        "vmdk, 'subformat=monolithicSparse,adapter_type=lsilogic,hwversion=6'",
        "vmdk, 'subformat=monolithicSparse,compat6=on'",
        "vmdk, subformat=streamOptimized",
        "vdi, static=off",
        "vdi, static=on",
    })
    void anImageHoldsWhatQemuFindsInIt(String format, String options) throws Exception {
        assertAlike(made(format, "-o", options), format);
    }

    @ParameterizedTest
    @CsvSource({
        "cluster_size=512",
        "cluster_size=64k",
        "cluster_size=2M",
        "compat=0.10",
        "compression_type=zstd",
        "'compression_type=zstd,cluster_size=512'",
        "'compression_type=zstd,cluster_size=4k'",
        "'compression_type=zstd,cluster_size=2M'",
        "'extended_l2=on,cluster_size=64k'",
        "'extended_l2=on,cluster_size=16k,compression_type=zstd'",
        "'compat=0.10,cluster_size=512'",
        "'lazy_refcounts=on,refcount_bits=64'",
    })
    void aCompressedQcow2HoldsWhatQemuFindsInIt(String options) throws Exception {
        assertAlike(made("qcow2", "-c", "-o", options), "qcow2");
    }

    /// Zero flags, discarded and overwritten clusters, and an internal snapshot of what was before.
    @ParameterizedTest
    @CsvSource({"cluster_size=64k", "compat=0.10", "'extended_l2=on,cluster_size=64k'"})
    void aQcow2ThatWasWrittenToHoldsItsNewestState(String options) throws Exception {
        Path image = made("qcow2", "-c", "-o", options);
        Qemu.run(folder, "qemu-img", "snapshot", "-c", "before", image.toString());
        List<String> writes = new ArrayList<>(List.of("qemu-io", "-f", "qcow2"));
        for (String write :
                List.of(
                        "write -P 17 100k 3k",
                        "write -z 1M 128k",
                        "write -z 1300k 6k",
                        "write -zu 2M 64k",
                        "discard 3M 256k",
                        "write -P 9 3100k 2k")) {
            writes.addAll(List.of("-c", write));
        }
        writes.add(image.toString());
        Qemu.run(folder, writes.toArray(String[]::new));
        assertAlike(image, "qcow2");
    }

    @ParameterizedTest
    @CsvSource({"qcow2", "vpc", "vhdx", "vmdk", "vdi"})
    void whatWasNeverWrittenIsAHole(String format) throws Exception {
        Path image = folder.resolve("empty");
        Qemu.run(folder, "qemu-img", "create", "-q", "-f", format, "empty", "3G");
        DiskImage disk = open(image);
        assertThat(disk.length()).isBetween(3L << 30, (3L << 30) + (1 << 20));
        assertThat(disk.data(0, disk.length())).isEmpty();
        Qemu.run(folder, "qemu-io", "-f", format, "-c", "write -P 1 2G 64k", "empty");
        assertThat(Contents.dataBytes(open(image))).isBetween(64L << 10, 32L << 20);
    }

    @Test
    void aVhdxThatWasWrittenToIsReadWhenItIsClosed() throws Exception {
        Path image = made("vhdx");
        Qemu.run(folder, "qemu-io", "-f", "vhdx", "-c", "write -P 3 1M 70k", image.toString());
        assertAlike(image, "vhdx");
    }

    private Path made(String format, String... options) throws Exception {
        Files.write(folder.resolve("disk"), Qemu.disk(DISK_BYTES, 1));
        List<String> command = new ArrayList<>(List.of("qemu-img", "convert", "-f", "raw"));
        command.addAll(List.of("-O", format));
        command.addAll(List.of(options));
        command.addAll(List.of("disk", "image"));
        Qemu.run(folder, command.toArray(String[]::new));
        return folder.resolve("image");
    }

    private static DiskImage open(Path image) throws Exception {
        MemoryFile file = new MemoryFile(Files.readAllBytes(image));
        return ImageFormat.of(Optional.empty(), file).open(file);
    }

    private static void assertAlike(Path image, String format) throws Exception {
        byte[] expected = Qemu.raw(image, format);
        DiskImage disk = open(image);
        assertThat(disk.length()).isEqualTo(expected.length);
        assertThat(Contents.all(disk)).isEqualTo(expected);
        assertThat(Contents.data(disk)).isEqualTo(expected);
    }
}
