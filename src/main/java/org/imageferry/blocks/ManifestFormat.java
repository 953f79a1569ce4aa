package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;

/// How a manifest is laid out: header, scope, blocks, segments, places, checksum; in a sealed scope the
/// blocks are in a box behind the places, and their names stand where they would. `docs/design/format.md`
/// draws it.
///
/// What the digest covers lies together, so it is taken in one go.
final class ManifestFormat {
    static final int PART_PAGES = (int) (Manifest.PART_BYTES / PageCutter.PAGE_BYTES);
    static final int BLOCK_BYTES = 2 * Integer.BYTES + Digest.BYTES;
    static final int PLACE_BYTES = 2 * Integer.BYTES;
    static final int HEADER_BYTES = Long.BYTES + 2 * Short.BYTES + 2 * Integer.BYTES;

    private static final int VERSION = 1;
    private static final int SEALED_VERSION = 2;
    private static final long MAGIC = 0x46455252594d414eL; // FERRYMAN
    private static final byte[] DIGEST_PREFIX =
            "imageferry part 1\n".getBytes(StandardCharsets.US_ASCII);

    /// @param blocks how many
    /// @param segments how many
    private record Header(int version, int scopeBytes, int blocks, int segments) {
        boolean sealed() {
            return version == SEALED_VERSION;
        }

        /// What stands of each block between scope and segments: all of it, or its name.
        int clearBytes() {
            return sealed() ? Digest.BYTES : BLOCK_BYTES;
        }

        long boxBytes() {
            return sealed() ? ManifestBox.bytes((long) blocks * BLOCK_BYTES) : 0;
        }

        long manifestBytes() {
            return HEADER_BYTES
                    + scopeBytes
                    + (long) blocks * (clearBytes() + PLACE_BYTES)
                    + (long) segments * ObjectId.BYTES
                    + boxBytes()
                    + Digest.BYTES;
        }
    }

    /// What a manifest says to anyone.
    ///
    /// @param clear of each block all, or its name if the scope is sealed
    /// @param box empty if the scope is not sealed
    /// @param before the digest of all that stands before the box
    record Sections(
            boolean sealed,
            ByteBuffer clear,
            List<ObjectId> segments,
            ByteBuffer places,
            ByteBuffer box,
            Digest before) {}

    private ManifestFormat() {}

    static Digest digest(ByteBuffer blocks) {
        return new Sha256().add(ByteBuffer.wrap(DIGEST_PREFIX)).add(blocks).end();
    }

    static ByteBuffer encode(
            ByteBuffer blocks,
            ByteBuffer names,
            ByteBuffer places,
            List<ObjectId> segments,
            Seal seal,
            RandomGenerator salts) {
        byte[] scopeText = ScopeText.of(seal.scope());
        int count = blocks.remaining() / BLOCK_BYTES;
        int version =
                switch (seal) {
                    case Seal.None _ -> VERSION;
                    case Seal.Keyed _ -> SEALED_VERSION;
                };
        Header header = new Header(version, scopeText.length, count, segments.size());
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(header.manifestBytes()));
        bytes.putLong(MAGIC);
        bytes.putShort((short) header.version());
        bytes.putShort((short) header.scopeBytes());
        bytes.putInt(header.blocks());
        bytes.putInt(header.segments());
        bytes.put(scopeText);
        bytes.put(header.sealed() ? names.duplicate() : blocks.duplicate());
        segments.forEach(segment -> segment.putTo(bytes));
        bytes.put(places.duplicate());
        if (seal instanceof Seal.Keyed(ScopeKeys keys)) {
            Digest before = new Sha256().of(bytes.slice(0, bytes.position()));
            ManifestBox.seal(keys, before, blocks, salts, bytes);
        }
        new Sha256().of(bytes.slice(0, bytes.position())).putTo(bytes);
        return bytes.flip();
    }

    static Manifest decode(ByteBuffer source, Seal seal, Digest expected) throws DamagedException {
        Inspection manifest = new Inspection("manifest of part " + expected);
        Sections sections = sections(source, seal.scope(), manifest);
        ByteBuffer blocks =
                switch (seal) {
                    case Seal.None _ -> copy(sections.clear());
                    case Seal.Keyed(ScopeKeys keys) ->
                            ManifestBox.open(keys, sections.before(), sections.box(), manifest);
                };
        Optional<String> fault = blocksFault(blocks);
        manifest.require(fault.isEmpty(), fault.orElse(""));
        Digest content = digest(blocks);
        Digest digest = seal.name(content);
        manifest.require(digest.equals(expected), "it is of part " + digest);
        return new Manifest(
                blocks,
                sections.sealed() ? copy(sections.clear()) : ByteBuffer.allocate(0),
                copy(sections.places()),
                sections.segments(),
                content,
                digest);
    }

    /// Reads and checks what needs no key.
    static Sections sections(ByteBuffer source, Scope scope, Inspection manifest)
            throws DamagedException {
        ByteBuffer bytes = source.slice();
        Header header = header(bytes, manifest);
        ByteBuffer covered = bytes.slice(0, bytes.limit() - Digest.BYTES);
        Digest checksum = Digest.of(bytes.slice(covered.limit(), Digest.BYTES));
        manifest.require(new Sha256().of(covered).equals(checksum), "it has another checksum");
        ByteBuffer scopeText = take(bytes, header.scopeBytes());
        manifest.require(
                scopeText.equals(ByteBuffer.wrap(ScopeText.of(scope))), "it is not of " + scope);
        manifest.require(
                header.sealed() == scope.key().isPresent(), "its version is not that of its scope");
        ByteBuffer clear = take(bytes, header.blocks() * header.clearBytes());
        List<ObjectId> segments = new ArrayList<>(header.segments());
        for (int i = 0; i < header.segments(); i++) {
            segments.add(ObjectId.of(bytes));
        }
        manifest.require(
                new HashSet<>(segments).size() == segments.size(), "it lists a segment twice");
        ByteBuffer places = take(bytes, header.blocks() * PLACE_BYTES);
        Optional<String> fault = placesFault(places, header.segments());
        manifest.require(fault.isEmpty(), fault.orElse(""));
        Digest before =
                header.sealed() ? new Sha256().of(bytes.slice(0, bytes.position())) : checksum;
        ByteBuffer box = take(bytes, (int) header.boxBytes());
        return new Sections(header.sealed(), clear, List.copyOf(segments), places, box, before);
    }

    /// Reads the header, and believes its counts only if they make the manifest's length.
    private static Header header(ByteBuffer bytes, Inspection manifest) throws DamagedException {
        manifest.require(
                bytes.remaining() >= HEADER_BYTES + Digest.BYTES, "it is too short for a header");
        manifest.require(bytes.getLong() == MAGIC, "its magic is missing");
        Header header =
                new Header(
                        Short.toUnsignedInt(bytes.getShort()),
                        Short.toUnsignedInt(bytes.getShort()),
                        bytes.getInt(),
                        bytes.getInt());
        manifest.require(
                header.version() == VERSION || header.version() == SEALED_VERSION,
                "its version is "
                        + header.version()
                        + ", this program knows up to "
                        + SEALED_VERSION);
        manifest.require(
                header.blocks() >= 0 && header.blocks() <= PART_PAGES,
                "its count of blocks is " + header.blocks());
        manifest.require(
                header.segments() >= 0 && header.segments() <= header.blocks(),
                "its count of segments is " + header.segments());
        manifest.require(
                header.manifestBytes() == bytes.limit(),
                "it is " + bytes.limit() + " bytes long, which its header does not say");
        return header;
    }

    private static ByteBuffer take(ByteBuffer bytes, int length) {
        ByteBuffer taken = bytes.slice(bytes.position(), length);
        bytes.position(bytes.position() + length);
        return taken;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    /// What keeps these from being the blocks of a part, if anything does.
    static Optional<String> blocksFault(ByteBuffer blocks) {
        int count = blocks.limit() / BLOCK_BYTES;
        int free = 0; // the first page behind the blocks so far
        for (int i = 0; i < count; i++) {
            int page = blocks.getInt(i * BLOCK_BYTES);
            int length = blocks.getInt(i * BLOCK_BYTES + Integer.BYTES);
            if (page < free || page >= PART_PAGES) {
                return Optional.of("block " + i + " begins at page " + page);
            }
            if (length < 1 || length > PageCutter.MOST_BYTES) {
                return Optional.of("block " + i + " has " + length + " bytes");
            }
            if (length % PageCutter.PAGE_BYTES != 0 && i < count - 1) {
                return Optional.of("block " + i + " ends in a short page, and is not the last");
            }
            free = page + Math.ceilDiv(length, PageCutter.PAGE_BYTES);
            if (free > PART_PAGES) {
                return Optional.of("block " + i + " reaches out of the part");
            }
        }
        return Optional.empty();
    }

    /// What keeps these from being places in that many segments, numbered as they first occur.
    static Optional<String> placesFault(ByteBuffer places, int segments) {
        int seen = 0;
        for (int i = 0; i < places.limit() / PLACE_BYTES; i++) {
            int segment = places.getInt(i * PLACE_BYTES);
            int ordinal = places.getInt(i * PLACE_BYTES + Integer.BYTES);
            if (segment < 0 || segment > seen || segment >= segments) {
                return Optional.of("block " + i + " lies in segment " + segment);
            }
            if (ordinal < 0) {
                return Optional.of("block " + i + " has ordinal " + ordinal);
            }
            seen = Math.max(seen, segment + 1);
        }
        return seen == segments ? Optional.empty() : Optional.of("a segment holds no block");
    }
}
