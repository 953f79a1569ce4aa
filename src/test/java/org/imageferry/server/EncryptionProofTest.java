package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.imageferry.server.TroubleScene.OTHER;
import static org.imageferry.server.TroubleScene.SOURCE;
import static org.imageferry.server.TroubleScene.TROUBLED;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.imageferry.blocks.DiskDigest;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.PageCutter;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.store.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is known byte by byte is brought in and copied encrypted. Then all that is on disk is
/// searched for it: the regions' stores, the catalog, its write-ahead log.
class EncryptionProofTest {
    private static final int PAGE = PageCutter.PAGE_BYTES;
    private static final int PIECE_BYTES = 16;
    private static final BlockLocation ANYWHERE = new BlockLocation(new ObjectId(1, 2), 0);

    @TempDir private Path folder;

    @Test
    void nothingOfAnEncryptedImageIsOnDiskAndWithItsKeyAllOfItIsBack() throws Exception {
        TestDisk disk = TestDisk.make(folder.resolve("disk"), 7);
        try (TroubleScene scene = new TroubleScene(folder, 0)) {
            Wire wire = scene.wire();
            wire.call(Call.own("ModifyEncryption").with("Encrypt", "default"));
            String image = imported(wire, disk, SOURCE);
            String key = newKey(wire);
            String copy = copied(wire, image, key);
            assertThat(found(contents(disk), scene)).isEmpty();
            assertThat(found(digests(disk), scene)).isEmpty();
            wire.assertComesBack(TROUBLED, disk, copy);
            assertLocked(wire, copy, key);
            wire.assertComesBack(TROUBLED, disk, copy);
            assertThat(found(contents(disk), scene)).isEmpty();
            assertThat(found(digests(disk), scene)).isEmpty();

            // The search would have found what it looked for.
            wire.call(Call.own("ModifyEncryption").with("Encrypt", "asked"));
            imported(wire, disk, OTHER);
            assertThat(found(contents(disk), scene))
                    .allMatch(file -> file.toString().contains(OTHER))
                    .isNotEmpty();
            assertThat(found(digests(disk), scene))
                    .anyMatch(file -> file.toString().contains(OTHER))
                    .anyMatch(file -> file.toString().contains("catalog.db"));
        }
    }

    private static String imported(Wire wire, TestDisk disk, String region) throws Exception {
        wire.upload(disk, region, "disk");
        String image = wire.image(Wire.importing(region, "disk", "golden"));
        assertThat(wire.outcome(region, image)).isEqualTo("Available");
        return image;
    }

    private static String newKey(Wire wire) throws EcsFailure {
        return wire.call(Call.kms("CreateKey").with("RegionId", TROUBLED))
                .path("KeyMetadata")
                .path("KeyId")
                .asString();
    }

    private static String copied(Wire wire, String image, String key) throws Exception {
        Call call =
                Wire.copying(SOURCE, image, TROUBLED, "sealed")
                        .with("Encrypted", "true")
                        .with("KMSKeyId", key);
        String copy = wire.image(call);
        assertThat(wire.outcome(TROUBLED, copy)).isEqualTo("Available");
        return copy;
    }

    /// Without its key the image is of no use, at once; with it, it is again.
    private static void assertLocked(Wire wire, String image, String key) throws EcsFailure {
        Call named = Call.kms("DisableKey").with("RegionId", TROUBLED).with("KeyId", key);
        wire.call(named);
        String code = "InvalidParameter.KMSKeyId.CMKNotEnabled";
        assertThat(refusal(() -> wire.export(TROUBLED, image))).contains(code);
        assertThat(refusal(() -> wire.image(Wire.copying(TROUBLED, image, OTHER, "no"))))
                .contains(code);
        wire.call(Call.kms("EnableKey").with("RegionId", TROUBLED).with("KeyId", key));
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        EcsFailure failure = catchThrowableOfType(EcsFailure.class, call);
        assertThat(failure).as("a refusal").isNotNull();
        return failure.code();
    }

    /// All files of the server but the buckets', where disks are in the clear.
    private static Collection<Path> found(NeedleSearch search, TroubleScene scene)
            throws IOException {
        Collection<Path> found = new TreeSet<>(search.in(scene.data().resolve("regions")));
        try (Stream<Path> files = Files.list(scene.data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(search.in(file));
            }
        }
        return found;
    }

    /// The beginnings of the pages that can't be compressed.
    private static NeedleSearch contents(TestDisk disk) throws IOException {
        NeedleSearch search = new NeedleSearch();
        for (Extent extent : disk.extents()) {
            byte[] bytes = disk.read(extent);
            for (int at = PAGE; at + PIECE_BYTES <= bytes.length; at += 2 * PAGE) {
                search.add(Arrays.copyOfRange(bytes, at, at + PIECE_BYTES));
            }
        }
        return search;
    }

    /// Of the disk, its parts and its blocks, whole or as the index keeps them.
    private static NeedleSearch digests(TestDisk disk) throws IOException {
        List<Manifest.Entry> blocks = new ArrayList<>();
        for (Extent extent : disk.extents()) {
            ByteBuffer bytes = ByteBuffer.wrap(disk.read(extent));
            int firstPage = (int) (extent.offset() / PAGE);
            new PageCutter()
                    .cut(
                            bytes,
                            true,
                            (offset, length) ->
                                    blocks.add(
                                            block(
                                                    firstPage + offset / PAGE,
                                                    bytes.slice(offset, length))));
        }
        Digest part = new Manifest(blocks).digest();
        NeedleSearch search = new NeedleSearch();
        blocks.forEach(block -> add(search, block.content()));
        add(search, part);
        add(search, DiskDigest.of(disk.length(), List.of(part)));
        return search;
    }

    private static void add(NeedleSearch search, Digest digest) {
        search.addWithHex(digest.bytes()).add(Arrays.copyOf(digest.bytes(), PIECE_BYTES));
    }

    private static Manifest.Entry block(int page, ByteBuffer content) {
        int length = content.remaining();
        var sha256 = Fingerprint.sha256();
        sha256.update(content);
        return new Manifest.Entry(page, length, Digest.of(sha256.digest()), ANYWHERE);
    }
}
