package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.Test;

class SealedManifestTest {
    private static final int BLOCKS = 30;
    private static final int FLIPS = 400;

    private final SplittableRandom random = new SplittableRandom(3);
    private final List<Manifest.Entry> entries = entries();
    private final Manifest manifest = new Manifest(entries, TestData.SEALED);
    private final byte[] bytes = TestData.bytes(manifest.encode(TestData.SEALED, random));

    @Test
    void aSealedManifestIsReadBackWithItsKey() throws DamagedException {
        Manifest read = decode(bytes);
        assertThat(read.entries()).isEqualTo(manifest.entries());
        assertThat(read.content()).isEqualTo(new Manifest(entries).digest());
        assertThat(read.segments()).isEqualTo(manifest.segments());
    }

    @Test
    void blocksAndPartHaveTheirScopesNames() {
        Digest content = new Manifest(entries).digest();
        assertThat(manifest.digest())
                .isEqualTo(TestData.SEALED.name(content))
                .isNotEqualTo(content);
        for (int i = 0; i < BLOCKS; i++) {
            Manifest.Entry entry = manifest.entry(i);
            assertThat(entry.content()).isEqualTo(entries.get(i).content());
            assertThat(entry.name()).isEqualTo(TestData.SEALED.name(entry.content()));
        }
    }

    @Test
    void noDigestOfAContentIsInIt() {
        for (Manifest.Entry entry : entries) {
            assertThat(contains(bytes, entry.content().bytes())).isFalse();
            assertThat(contains(bytes, TestData.SEALED.name(entry.content()).bytes())).isTrue();
        }
        assertThat(contains(bytes, manifest.content().bytes())).isFalse();
    }

    @Test
    void withoutTheKeyItTellsWhatMustBeKept() throws DamagedException {
        ManifestOutline outline =
                ManifestOutline.read(
                        ByteBuffer.wrap(bytes), TestData.SEALED_SCOPE, TestData.SEGMENT);
        assertThat(outline.names())
                .isEqualTo(manifest.entries().stream().map(Manifest.Entry::name).toList());
        assertThat(outline.places())
                .isEqualTo(manifest.entries().stream().map(Manifest.Entry::location).toList());
    }

    @Test
    void theOutlineOfAnOpenManifestIsTheSame() throws DamagedException {
        ByteBuffer open = new Manifest(entries).encode(TestData.OPEN, TestData.salts());
        ManifestOutline outline = ManifestOutline.read(open, TestData.SCOPE, TestData.SEGMENT);
        assertThat(outline.names())
                .isEqualTo(entries.stream().map(Manifest.Entry::content).toList());
        assertThat(outline.places())
                .isEqualTo(entries.stream().map(Manifest.Entry::location).toList());
    }

    @Test
    void anyFlippedBitIsFound() {
        for (int i = 0; i < FLIPS; i++) {
            int bit = random.nextInt(bytes.length * Byte.SIZE);
            assertDamaged(TestData.flipped(bytes, bit), "bit " + bit);
        }
    }

    /// Whoever can write to the store can reckon the checksum anew; the box finds it.
    @Test
    void aForgerWithoutTheKeyIsFoundOut() {
        int header = ManifestFormat.HEADER_BYTES;
        int names = header + TestData.SEALED_SCOPE.toString().length();
        for (int i = 0; i < FLIPS; i++) {
            int at = names + random.nextInt(bytes.length - Digest.BYTES - names);
            byte[] forged = TestData.flipped(bytes, at * Byte.SIZE + random.nextInt(Byte.SIZE));
            assertDamaged(TestData.resealed(forged, 0), "byte " + at);
        }
    }

    @Test
    void anotherKeyDoesNotOpenIt() {
        Seal other = TestData.sealed(TestData.SEALED_SCOPE, 9);
        assertThatThrownBy(() -> Manifest.decode(ByteBuffer.wrap(bytes), other, manifest.digest()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("it does not open");
    }

    @Test
    void theManifestOfAnotherPartIsFoundOut() {
        Manifest other = new Manifest(entries.subList(0, 3), TestData.SEALED);
        assertThatThrownBy(() ->
                        Manifest.decode(ByteBuffer.wrap(bytes), TestData.SEALED, other.digest()))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("it is of part " + manifest.digest());
    }

    @Test
    void aSealedManifestIsNoneOfAScopeWithoutKey() {
        assertThatThrownBy(() ->
                        Manifest.decode(ByteBuffer.wrap(bytes), TestData.OPEN, manifest.digest()))
                .isInstanceOf(DamagedException.class);
    }

    @Test
    void aPartWithoutBlocksIsSealedToo() throws DamagedException {
        Manifest empty = new Manifest(List.of(), TestData.SEALED);
        ByteBuffer encoded = empty.encode(TestData.SEALED, random);
        assertThat(Manifest.decode(encoded, TestData.SEALED, empty.digest()).size()).isZero();
    }

    private Manifest decode(byte[] from) throws DamagedException {
        return Manifest.decode(ByteBuffer.wrap(from), TestData.SEALED, manifest.digest());
    }

    private void assertDamaged(byte[] from, String which) {
        DamagedException damage = catchThrowableOfType(DamagedException.class, () -> decode(from));
        assertThat(damage).as(which).isNotNull();
        assertThat(damage.what()).isEqualTo("manifest of part " + manifest.digest());
    }

    private List<Manifest.Entry> entries() {
        List<Manifest.Entry> all = new ArrayList<>();
        for (int i = 0; i < BLOCKS; i++) {
            BlockLocation location = new BlockLocation(TestData.id(random), i);
            all.add(new Manifest.Entry(i * 9, 8192, TestData.digest(random), location));
        }
        return all;
    }

    private static boolean contains(byte[] bytes, byte[] piece) {
        for (int i = 0; i + piece.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + piece.length, piece, 0, piece.length)) {
                return true;
            }
        }
        return false;
    }
}
