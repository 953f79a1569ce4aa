package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.imageferry.blocks.Manifest.Entry;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final int PAGE = PageCutter.PAGE_BYTES;
    private static final int SCOPE_BYTES = TestData.SCOPE.toString().length();
    private static final int BLOCKS = ManifestFormat.HEADER_BYTES + SCOPE_BYTES;
    private static final Digest NAME = TestData.digest(new SplittableRandom(77));
    private static final Digest OTHER_NAME = TestData.digest(new SplittableRandom(79));
    private static final ObjectId OTHER = TestData.id(new SplittableRandom(78));

    @Test
    void whatWasEncodedDecodesToTheSame() throws DamagedException {
        for (int seed = 0; seed < 50; seed++) {
            List<Entry> entries = entries(new SplittableRandom(seed));
            Manifest manifest = new Manifest(entries);
            ByteBuffer bytes = manifest.encode(TestData.OPEN, TestData.salts());
            Manifest again = Manifest.decode(bytes, TestData.OPEN, manifest.digest());
            assertThat(again.entries()).as("seed %d", seed).isEqualTo(entries);
            assertThat(again.digest()).isEqualTo(manifest.digest());
            assertThat(again.encode(TestData.OPEN, TestData.salts())).isEqualTo(bytes);
        }
    }

    @Test
    void aManifestTellsItsSegmentsAndItsContent() {
        Manifest manifest =
                new Manifest(List.of(entry(0, PAGE), in(OTHER, entry(1, PAGE)), entry(9, 3)));
        assertThat(manifest.size()).isEqualTo(3);
        assertThat(manifest.contentBytes()).isEqualTo(2 * PAGE + 3);
        assertThat(manifest.segments()).containsExactly(TestData.SEGMENT, OTHER);
    }

    @Test
    void aPartOfZerosHasNoBlocksAndADigest() throws DamagedException {
        Manifest empty = new Manifest(List.of());
        ByteBuffer bytes = empty.encode(TestData.OPEN, TestData.salts());
        assertThat(Manifest.decode(bytes, TestData.OPEN, empty.digest()).entries()).isEmpty();
        assertThat(empty.segments()).isEmpty();
        assertThat(empty.contentBytes()).isZero();
        assertThat(empty.digest())
                .isEqualTo(new Sha256().of(TestData.ascii("imageferry part 1\n")));
    }

    @Test
    void aPartMayBeFullOfTheShortestBlocks() throws DamagedException {
        List<Entry> entries = new ArrayList<>();
        for (int page = 0; page < ManifestFormat.PART_PAGES; page += PageCutter.LEAST_PAGES) {
            entries.add(entry(page, PageCutter.LEAST_PAGES * PAGE));
        }
        Manifest manifest = new Manifest(entries);
        ByteBuffer bytes = manifest.encode(TestData.OPEN, TestData.salts());
        assertThat(Manifest.decode(bytes, TestData.OPEN, manifest.digest()).contentBytes())
                .isEqualTo(Manifest.PART_BYTES);
    }

    @Test
    void theDigestIsOfTheContentAndNotOfItsPlace() {
        Digest digest = new Manifest(List.of(entry(5, PAGE))).digest();
        assertThat(new Manifest(List.of(in(OTHER, entry(5, PAGE)))).digest()).isEqualTo(digest);
        assertThat(new Manifest(List.of(entry(6, PAGE))).digest()).isNotEqualTo(digest);
        assertThat(new Manifest(List.of(entry(5, 2 * PAGE))).digest()).isNotEqualTo(digest);
        assertThat(new Manifest(List.of(entry(5, PAGE), entry(6, PAGE))).digest())
                .isNotEqualTo(digest);
        Entry other = new Entry(5, PAGE, OTHER_NAME, new BlockLocation(TestData.SEGMENT, 0));
        assertThat(new Manifest(List.of(other)).digest()).isNotEqualTo(digest);
    }

    @Test
    void whatIsNoPartCannotBeMade() {
        int last = ManifestFormat.PART_PAGES - 1;
        assertRefused(entry(-1, PAGE));
        assertRefused(entry(last + 1, PAGE));
        assertRefused(entry(last, PAGE + 1));
        assertRefused(entry(0, 0));
        assertRefused(entry(0, PageCutter.MOST_BYTES + 1));
        assertRefused(entry(1, PAGE), entry(0, PAGE));
        assertRefused(entry(1, PAGE), entry(1, PAGE));
        assertRefused(entry(1, 2 * PAGE), entry(2, PAGE));
        assertRefused(entry(1, PAGE + 1), entry(3, PAGE));
        assertRefused(new Entry(0, PAGE, NAME, new BlockLocation(TestData.SEGMENT, -1)));
        assertThat(new Manifest(List.of(entry(last, PAGE))).size()).isEqualTo(1);
    }

    @Test
    void everyFlippedBitIsSeen() {
        Manifest manifest = smallManifest();
        byte[] bytes = encoded(manifest);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            assertDamaged(TestData.flipped(bytes, bit), manifest.digest());
        }
    }

    @Test
    void aManifestCutShortOrContinuedIsDamaged() {
        Manifest manifest = smallManifest();
        byte[] bytes = encoded(manifest);
        for (int length = 0; length < bytes.length; length++) {
            assertDamaged(Arrays.copyOf(bytes, length), manifest.digest());
        }
        assertDamaged(Arrays.copyOf(bytes, bytes.length + 1), manifest.digest());
    }

    @Test
    void aManifestOfAnotherScopeOrPartIsDamaged() {
        Manifest manifest = smallManifest();
        ByteBuffer bytes = manifest.encode(TestData.OPEN, TestData.salts());
        assertThatThrownBy(() ->
                        Manifest.decode(
                                bytes, new Seal.None(TestData.OTHER_SCOPE), manifest.digest()))
                .isInstanceOf(DamagedException.class);
        ByteBuffer sameLength =
                manifest.encode(
                        new Seal.None(
                                new Scope(TestData.SCOPE.account(), new RegionId("cn-shanghai"))),
                        TestData.salts());
        assertThatThrownBy(() -> Manifest.decode(sameLength, TestData.OPEN, manifest.digest()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("not of 1234567890123456/cn-hangzhou");
        assertThatThrownBy(() -> Manifest.decode(bytes, TestData.OPEN, NAME))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining(manifest.digest().toString());
    }

    @Test
    void aForgerWhoKnowsTheChecksumIsRefusedToo() {
        assertForged("magic", 0, bytes -> bytes.putLong(0));
        assertForged("version is 3", 8, bytes -> bytes.putShort((short) 3));
        assertForged("long, which", 10, bytes -> bytes.putShort((short) -1));
        assertForged("count of blocks", 12, bytes -> bytes.putInt(-1));
        assertForged("count of blocks", 12, bytes -> bytes.putInt(ManifestFormat.PART_PAGES + 1));
        assertForged("long, which", 12, bytes -> bytes.putInt(ManifestFormat.PART_PAGES));
        assertForged("count of segments", 16, bytes -> bytes.putInt(-1));
        assertForged("count of segments", 16, bytes -> bytes.putInt(4));
        assertForged("long, which", 16, bytes -> bytes.putInt(1));
        assertForged("block 1 begins", BLOCKS + 40, bytes -> bytes.putInt(0));
        assertForged("block 1 ends in a short page", BLOCKS + 44, bytes -> bytes.putInt(PAGE - 1));
        assertForged("block 2 has", BLOCKS + 84, bytes -> bytes.putInt(0));
        assertForged("it is of part", BLOCKS + 8, bytes -> bytes.putLong(7));
    }

    @Test
    void placesThatCannotBeAreDamageHoweverTheyAreSealed() {
        int segments = BLOCKS + 3 * ManifestFormat.BLOCK_BYTES;
        int places = segments + 2 * ObjectId.BYTES;
        assertForged("twice", segments + ObjectId.BYTES, TestData.SEGMENT::putTo);
        assertForged("block 0 lies in segment 1", places, bytes -> bytes.putInt(1));
        assertForged("block 1 lies in segment 2", places + 8, bytes -> bytes.putInt(2));
        assertForged("block 1 lies in segment -1", places + 8, bytes -> bytes.putInt(-1));
        assertForged("a segment holds no block", places + 8, bytes -> bytes.putInt(0));
        assertForged("block 2 has ordinal -1", places + 20, bytes -> bytes.putInt(-1));
    }

    @Test
    void hostileCountsAllocateNoMoreThanTheInput() {
        Manifest manifest = smallManifest();
        byte[] hostile = encoded(manifest);
        ByteBuffer.wrap(hostile)
                .putInt(12, ManifestFormat.PART_PAGES)
                .putInt(16, ManifestFormat.PART_PAGES);
        TestData.resealed(hostile, 0);
        assertDamaged(hostile, manifest.digest()); // warm
        long before = TestData.allocated();
        assertDamaged(hostile, manifest.digest());
        assertThat(TestData.allocated() - before).isLessThan(64 << 10);
    }

    @Test
    void aDiskIsNamedByItsLengthAndItsParts() {
        Digest part = smallManifest().digest();
        Digest disk = DiskDigest.of(4097, List.of(part));
        assertThat(DiskDigest.of(4097, List.of(part))).isEqualTo(disk).isNotEqualTo(part);
        assertThat(DiskDigest.of(4098, List.of(part))).isNotEqualTo(disk);
        assertThat(DiskDigest.of(4097, List.of(part, part))).isNotEqualTo(disk);
        assertThat(DiskDigest.of(4097, List.of(part, NAME)))
                .isNotEqualTo(DiskDigest.of(4097, List.of(NAME, part)));
    }

    /// Three blocks in two segments; the last ends in a short page.
    private static Manifest smallManifest() {
        return new Manifest(
                List.of(
                        entry(0, 3 * PAGE),
                        in(OTHER, entry(3, 64 * PAGE)),
                        entry(100, 2 * PAGE + 9)));
    }

    private static Entry entry(int page, int length) {
        return new Entry(page, length, NAME, new BlockLocation(TestData.SEGMENT, 0));
    }

    private static Entry in(ObjectId segment, Entry entry) {
        return new Entry(entry.page(), entry.length(), entry.name(), new BlockLocation(segment, 0));
    }

    private static byte[] encoded(Manifest manifest) {
        return TestData.bytes(manifest.encode(TestData.OPEN, TestData.salts()));
    }

    private static void assertRefused(Entry... entries) {
        assertThatThrownBy(() -> new Manifest(List.of(entries)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertForged(String reason, int at, Consumer<ByteBuffer> forger) {
        Manifest manifest = smallManifest();
        byte[] bytes = encoded(manifest);
        forger.accept(ByteBuffer.wrap(bytes).position(at));
        DamagedException damage = assertDamaged(TestData.resealed(bytes, 0), manifest.digest());
        assertThat(damage).hasMessageContaining(reason);
    }

    private static DamagedException assertDamaged(byte[] bytes, Digest part) {
        DamagedException damage =
                catchThrowableOfType(
                        DamagedException.class,
                        () -> Manifest.decode(ByteBuffer.wrap(bytes), TestData.OPEN, part));
        assertThat(damage).isNotNull();
        assertThat(damage.what()).isEqualTo("manifest of part " + part);
        return damage;
    }

    private static List<Entry> entries(SplittableRandom random) {
        List<ObjectId> segments = new ArrayList<>();
        for (int i = random.nextInt(1, 9); i > 0; i--) {
            segments.add(TestData.id(random));
        }
        List<Entry> entries = new ArrayList<>();
        int page = random.nextInt(100);
        for (int i = random.nextInt(200); i > 0; i--) {
            int pages = random.nextInt(1, 65);
            int length = i == 1 ? pages * PAGE - random.nextInt(PAGE) : pages * PAGE;
            ObjectId segment = segments.get(random.nextInt(segments.size()));
            BlockLocation location = new BlockLocation(segment, random.nextInt(1024));
            entries.add(new Entry(page, length, TestData.digest(random), location));
            page += pages + random.nextInt(3) * random.nextInt(1000);
        }
        return entries;
    }
}
