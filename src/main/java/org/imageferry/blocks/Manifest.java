package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;

/// The blocks of a part of a disk, in order; between them are zeros. Any number of threads may read it.
///
/// What it says of the content (pages, lengths, digests) makes its digest, which names the part; where
/// the blocks lie is only a hint and not in it, so equal parts have equal digests in every region.
///
/// It keeps the entries as they are stored, 48 bytes each, 80 in a sealed scope: a part with a GiB of
/// data has about 16,000.
public final class Manifest {
    /// How much of a disk's address space a part is.
    public static final long PART_BYTES = 1L << 30;

    private final ByteBuffer blocks;
    private final ByteBuffer names;
    private final ByteBuffer places;
    private final List<ObjectId> segments;
    private final Digest content;
    private final Digest digest;

    /// A block of the part.
    ///
    /// @param page where it begins, in pages of 4 KiB from the part's beginning
    /// @param length bytes of content; only the last block's need not be whole pages
    /// @param content the digest of its content
    /// @param name what it is called in the scope: see [Seal#name]
    /// @param location where it lies, or lay when the manifest was made
    public record Entry(int page, int length, Digest content, Digest name, BlockLocation location) {
        /// A block that has not got its name yet, or in a scope that is not sealed.
        public Entry(int page, int length, Digest content, BlockLocation location) {
            this(page, length, content, content, location);
        }
    }

    /// The part as a scope that is not sealed has it.
    ///
    /// @param entries by page, not overlapping, inside the part
    public Manifest(List<Entry> entries) {
        this(entries, UnaryOperator.identity());
    }

    /// The part as a scope has it, which gives part and blocks their names.
    ///
    /// @param entries by page, not overlapping, inside the part
    public Manifest(List<Entry> entries, Seal seal) {
        this(entries, seal::name);
    }

    private Manifest(List<Entry> entries, UnaryOperator<Digest> naming) {
        ByteBuffer packedBlocks = ByteBuffer.allocate(entries.size() * ManifestFormat.BLOCK_BYTES);
        ByteBuffer packedNames = ByteBuffer.allocate(entries.size() * Digest.BYTES);
        ByteBuffer packedPlaces = ByteBuffer.allocate(entries.size() * ManifestFormat.PLACE_BYTES);
        Map<ObjectId, Integer> table = new LinkedHashMap<>();
        for (Entry entry : entries) {
            packedBlocks.putInt(entry.page()).putInt(entry.length());
            entry.content().putTo(packedBlocks);
            naming.apply(entry.content()).putTo(packedNames);
            ObjectId segment = entry.location().segment();
            Integer known = table.putIfAbsent(segment, table.size());
            packedPlaces.putInt(known == null ? table.size() - 1 : known);
            packedPlaces.putInt(entry.location().ordinal());
        }
        this.blocks = packedBlocks.flip();
        this.names = packedNames.flip();
        this.places = packedPlaces.flip();
        this.segments = List.copyOf(table.keySet());
        Optional<String> fault =
                ManifestFormat.blocksFault(blocks)
                        .or(() -> ManifestFormat.placesFault(places, segments.size()));
        if (fault.isPresent()) {
            throw new IllegalArgumentException("not the blocks of a part: " + fault.get());
        }
        this.content = ManifestFormat.digest(blocks);
        this.digest = naming.apply(content);
    }

    /// Takes what was found to be in order, and is nobody else's.
    ///
    /// @param names empty if they are the digests of the contents
    Manifest(
            ByteBuffer blocks,
            ByteBuffer names,
            ByteBuffer places,
            List<ObjectId> segments,
            Digest content,
            Digest digest) {
        this.blocks = blocks;
        this.names = names;
        this.places = places;
        this.segments = segments;
        this.content = content;
        this.digest = digest;
    }

    /// @param bytes a whole manifest from position to limit, which stay as they are; copied
    /// @param seal of the scope whose blocks it must tell of
    /// @param expected the part that it must be
    /// @throws DamagedException if it is not, or if any of it is not as a writer leaves it
    public static Manifest decode(ByteBuffer bytes, Seal seal, Digest expected)
            throws DamagedException {
        return ManifestFormat.decode(bytes, seal, expected);
    }

    /// The manifest as an object of a store, in a buffer of its own.
    ///
    /// @param seal of the scope that it was made for
    /// @param salts unpredictable outside of tests
    public ByteBuffer encode(Seal seal, RandomGenerator salts) {
        return ManifestFormat.encode(blocks, names, places, segments, seal, salts);
    }

    /// Names the part in its scope.
    public Digest digest() {
        return digest;
    }

    /// The digest of the part's content, which has it in every scope.
    public Digest content() {
        return content;
    }

    /// How many blocks the part has; none if it is all zeros.
    public int size() {
        return blocks.limit() / ManifestFormat.BLOCK_BYTES;
    }

    /// By page; each is made when it is asked for.
    public List<Entry> entries() {
        return LazyList.of(size(), this::entry);
    }

    /// @param index from 0, less than [#size]
    public Entry entry(int index) {
        ByteBuffer block =
                blocks.slice(index * ManifestFormat.BLOCK_BYTES, ManifestFormat.BLOCK_BYTES);
        ByteBuffer place =
                places.slice(index * ManifestFormat.PLACE_BYTES, ManifestFormat.PLACE_BYTES);
        int page = block.getInt();
        int length = block.getInt();
        Digest blockContent = Digest.of(block);
        Digest name =
                names.hasRemaining()
                        ? Digest.of(names.slice(index * Digest.BYTES, Digest.BYTES))
                        : blockContent;
        ObjectId segment = segments.get(place.getInt());
        return new Entry(
                page, length, blockContent, name, new BlockLocation(segment, place.getInt()));
    }

    /// The sum of the blocks' lengths.
    public long contentBytes() {
        long sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += blocks.getInt(i * ManifestFormat.BLOCK_BYTES + Integer.BYTES);
        }
        return sum;
    }

    /// All segments in which blocks of the part lie.
    public Set<ObjectId> segments() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(segments));
    }
}
