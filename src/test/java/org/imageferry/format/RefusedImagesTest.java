package org.imageferry.format;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.format.SampleImage.QCOW2_EXTENDED;
import static org.imageferry.format.SampleImage.QCOW2_V2;
import static org.imageferry.format.SampleImage.QCOW2_ZLIB;
import static org.imageferry.format.SampleImage.QCOW2_ZSTD;
import static org.imageferry.format.SampleImage.VDI;
import static org.imageferry.format.SampleImage.VHDX;
import static org.imageferry.format.SampleImage.VHD_DYNAMIC;
import static org.imageferry.format.SampleImage.VHD_FIXED;
import static org.imageferry.format.SampleImage.VMDK_SPARSE;
import static org.imageferry.format.SampleImage.VMDK_STREAM;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Images that are good but not for us: they reach outside of themselves, are encrypted, or need what is
/// not known. The message names the field and says what to do.
final class RefusedImagesTest {
    /// Where the sample has its metadata.
    private static final int METADATA = 3 << 20;

    private static void assertRefused(Patched image, String... words) {
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(image::open)
                .withMessageContainingAll(words);
    }

    @Test
    void aBackingFileIsNeverOpened() {
        assertRefused(
                new Patched(QCOW2_V2).put(8, 0, 0, 0, 0, 0, 0, 1, 0),
                "backing_file_offset",
                "qemu-img convert");
    }

    @Test
    void anExternalDataFileIsNeverOpened() {
        assertRefused(
                new Patched(QCOW2_ZLIB).put(79, 4), "incompatible_features, bit 2", "convert");
    }

    @Test
    void anEncryptedImageIsRefused() {
        assertRefused(new Patched(QCOW2_V2).put(35, 1), "crypt_method 1", "decrypt");
        assertRefused(new Patched(QCOW2_ZSTD).put(35, 2), "crypt_method 2", "decrypt");
    }

    @Test
    void aCorruptImageIsToBeRepairedFirst() {
        assertRefused(new Patched(QCOW2_ZLIB).put(79, 2), "bit 1", "qemu-img check -r all");
    }

    @Test
    void unknownFeaturesAreRefused() {
        assertRefused(new Patched(QCOW2_ZLIB).put(79, 32), "incompatible_features 0x20");
        assertRefused(new Patched(QCOW2_EXTENDED).put(72, 128), "0x8000000000000000");
        assertRefused(new Patched(QCOW2_ZSTD).put(104, 2), "compression_type 2", "convert");
        assertRefused(new Patched(QCOW2_V2).put(7, 4), "version 4");
    }

    @Test
    void aTableMustHoldTheDisk() {
        assertRefused(new Patched(QCOW2_V2).put(36, 0, 0, 0, 1), "l1_size is 1");
        assertRefused(new Patched(VHD_DYNAMIC).put(512 + 28, 0, 0, 0, 0), "max table entries");
        assertRefused(new Patched(VDI).put(0x180, 0, 0, 0, 0), "0 blocks");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 22, 31, 255})
    void clustersAreOfNoOtherSize(int bits) {
        assertRefused(new Patched(QCOW2_ZLIB).put(23, bits), "cluster_bits is " + bits);
    }

    @Test
    void extendedTablesNeedLargerClusters() {
        assertRefused(new Patched(QCOW2_EXTENDED).put(23, 13), "cluster_bits is 13");
    }

    @Test
    void aDifferencingDiskIsRefused() {
        assertRefused(new Patched(VHD_FIXED).put(309_248 + 63, 4), "disk type 4", "parent");
        assertRefused(new Patched(VDI).put(0x4c, 4), "image type 4", "clonemedium");
        assertRefused(new Patched(VDI).put(0x1a8, 1), "parent");
        int flags = METADATA + (64 << 10) + 4; // the first item's second field
        assertRefused(new Patched(VHDX).put(flags, 2), "HasParent", "merge");
    }

    @Test
    void aVhdxWithALogIsToBeClosedFirst() {
        assertRefused(
                new Patched(VHDX).put(64 << 10 | 48, 1).put(128 << 10 | 48, 1),
                "LogGuid",
                "qemu-img check -r all");
    }

    @Test
    void aVhdxThatNeedsMoreIsRefused() {
        int region = (192 << 10) + 16;
        assertRefused(new Patched(VHDX).put(region, 7).put(region + 28, 1), "required region");
        assertRefused(new Patched(VHDX).put(METADATA + 32, 7), "required metadata");
        assertRefused(new Patched(VHDX).put(64 << 10 | 66, 2).put(128 << 10 | 66, 2), "version 2");
    }

    @Test
    void noOtherFileOfAVmdkIsEverOpened() {
        assertRefused(
                new Patched(VMDK_SPARSE).replace("monolithicSparse", "twoGbMaxExtents!"),
                "createtype=twoGbMaxExtents!",
                "qemu-img convert");
        assertRefused(
                new Patched(VMDK_STREAM).replace("parentCID=ffffffff", "parentCID=12345678"),
                "parentcid=12345678");
        for (String type : new String[] {"FLAT  ", "VMFS  ", "ZERO  "}) {
            assertRefused(
                    new Patched(VMDK_SPARSE).replace(" SPARSE ", " " + type + " "),
                    "extent of type " + type.strip());
        }
    }

    @Test
    void oneOfSeveralVmdkFilesIsRefused() {
        assertRefused(
                new Patched(VMDK_SPARSE).put(28, 0, 0, 0, 0, 0, 0, 0, 0),
                "descriptorOffset is 0",
                "one whole file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RW 8 FLAT \"/etc/passwd\" 0",
                "RW 8 SPARSE \"other.vmdk\"",
                "RW 8 SPARSE \"a\"\nRW 8 SPARSE \"b\"",
                "createType=\"vmfs\"",
                "parentFileNameHint=\"/etc/passwd\"",
                "encryption.keySafe = \"vmware:key/list\"",
                ""
            })
    void aBareDescriptorLeadsNowhere(String lines) {
        byte[] text =
                ("# Disk DescriptorFile\nversion=1\n" + lines)
                        .getBytes(StandardCharsets.ISO_8859_1);
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> ImageFormat.VMDK.open(new MemoryFile(text)))
                .withMessageMatching(".*(one whole file|decrypt).*");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatWasCutShortIsBroken(SampleImage sample) {
        byte[] all = sample.bytes();
        for (int length : new int[] {1, 100, 511, 600, 5_000, all.length / 10}) {
            MemoryFile file = new MemoryFile(Arrays.copyOf(all, length));
            assertThatExceptionOfType(FormatException.class)
                    .as("%s bytes", length)
                    .isThrownBy(() -> Contents.all(sample.format().open(file)))
                    .withMessageContaining("broken");
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotTheDeclaredFormatIsBroken(SampleImage sample) {
        MemoryFile noise = new MemoryFile(Qemu.disk(1 << 20, 5));
        assertThatExceptionOfType(FormatException.class)
                .isThrownBy(() -> sample.format().open(noise))
                .withMessageContaining("broken");
    }
}
