package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.Test;

/// The example of `docs/design/format.md`, made anew. If one of these fails, the format has changed, and
/// no store that was written before can be read.
class FormatPageTest {
    private static final Path PAGE = Path.of("docs/design/format.md");
    private static final byte[] FERRY = "ferry".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FERRIES = "ferry".repeat(20).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FRAME =
            HexFormat.of().parseHex("28b52ffd005865000028666572727901008ca96801");

    private final Sha256 sha256 = new Sha256();

    @Test
    void theSegmentIsTheOneOnThePage() throws IOException {
        assertThat(hex(segment())).isEqualTo(hexOnPage("segment"));
    }

    @Test
    void theSegmentOnThePageIsRead() throws Exception {
        byte[] segment = HexFormat.of().parseHex(hexOnPage("segment"));
        TestStore store = new TestStore();
        store.put(StoreLayout.segment(TestData.SEGMENT), segment);
        SegmentFooter footer = SegmentFooter.read(store, TestData.SEGMENT);
        assertThat(footer.scope()).isEqualTo(TestData.SCOPE);
        assertThat(content(footer.entry(0), segment)).isEqualTo(FERRY);
        assertThat(content(footer.entry(1), segment)).isEqualTo(FERRIES);
    }

    @Test
    void theManifestIsTheOneOnThePage() throws IOException {
        assertThat(hex(manifest().encode(TestData.OPEN, TestData.salts())))
                .isEqualTo(hexOnPage("manifest"));
    }

    @Test
    void theManifestOnThePageIsRead() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hexOnPage("manifest")));
        Digest part = manifest().digest();
        Manifest manifest = Manifest.decode(bytes, TestData.OPEN, part);
        assertThat(manifest.entries()).isEqualTo(manifest().entries());
    }

    @Test
    void theSealedSegmentIsTheOneOnThePage() throws IOException {
        assertThat(hex(sealedSegment())).isEqualTo(hexOnPage("sealed-segment"));
    }

    @Test
    void theSealedSegmentOnThePageIsRead() throws Exception {
        byte[] segment = HexFormat.of().parseHex(hexOnPage("sealed-segment"));
        TestStore store = new TestStore();
        store.put(StoreLayout.segment(TestData.SEGMENT), segment);
        SegmentFooter footer = SegmentFooter.read(store, TestData.SEGMENT);
        assertThat(footer.scope()).isEqualTo(TestData.SEALED_SCOPE);
        assertThat(content(footer.entry(0), segment, TestData.SEALED)).isEqualTo(FERRY);
        assertThat(content(footer.entry(1), segment, TestData.SEALED)).isEqualTo(FERRIES);
    }

    @Test
    void theSealedManifestIsTheOneOnThePage() throws IOException {
        Manifest sealed = new Manifest(manifest().entries(), TestData.SEALED);
        ByteBuffer bytes = sealed.encode(TestData.SEALED, TestData.salts());
        assertThat(hex(bytes)).isEqualTo(hexOnPage("sealed-manifest"));
    }

    @Test
    void theSealedManifestOnThePageIsRead() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hexOnPage("sealed-manifest")));
        Digest part = TestData.SEALED.name(manifest().digest());
        Manifest read = Manifest.decode(bytes, TestData.SEALED, part);
        assertThat(read.content()).isEqualTo(manifest().digest());
    }

    @Test
    void theSealedNamesAreThoseOnThePage() throws IOException {
        Digest part = TestData.SEALED.name(manifest().digest());
        assertThat(onPage("sealed-names"))
                .containsExactly(
                        TestData.SEALED.name(digest(FERRY)) + " block 0",
                        TestData.SEALED.name(digest(FERRIES)) + " block 1",
                        part + " part",
                        DiskDigest.of(4101, List.of(part)) + " disk");
    }

    @Test
    void theDigestsAreThoseOnThePage() throws IOException {
        Digest part = manifest().digest();
        Digest disk = DiskDigest.of(4101, List.of(part));
        assertThat(onPage("digests")).containsExactly(part + " part", disk + " disk");
    }

    @Test
    void theIdentityIsTheOneOnThePage() throws IOException {
        String json = onPage("json").getFirst() + "\n";
        String id = "00112233445566778899aabbccddeeff";
        byte[] bytes = IdentityJson.of(new StoreIdentity(id, TestData.SCOPE.region()));
        assertThat(json).isEqualTo(new String(bytes, StandardCharsets.UTF_8));
    }

    private ByteBuffer segment() {
        ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
        SegmentBuilder builder = new SegmentBuilder(TestData.SEGMENT, TestData.SCOPE, buffer);
        builder.append(block(FERRY, Codec.PLAIN, FERRY));
        builder.append(block(FERRIES, Codec.ZSTD, FRAME));
        return builder.finish();
    }

    private ByteBuffer sealedSegment() {
        ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
        SegmentBuilder builder =
                new SegmentBuilder(TestData.SEGMENT, TestData.SEALED_SCOPE, buffer);
        BlockSealer sealer = new BlockSealer(TestData.SEALED, TestData.salts());
        builder.append(sealer.seal(block(FERRY, Codec.PLAIN, FERRY)));
        builder.append(sealer.seal(block(FERRIES, Codec.ZSTD, FRAME)));
        return builder.finish();
    }

    private EncodedBlock block(byte[] content, Codec codec, byte[] stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored);
        return new EncodedBlock(digest(content), content.length, codec, digest(stored), bytes);
    }

    /// Cuts the disk of the page, which is one part.
    private Manifest manifest() {
        ByteBuffer disk = ByteBuffer.allocate(4101).put(4096, FERRY);
        List<Manifest.Entry> entries = new ArrayList<>();
        new PageCutter()
                .cut(
                        disk,
                        true,
                        (offset, length) ->
                                entries.add(
                                        new Manifest.Entry(
                                                offset / PageCutter.PAGE_BYTES,
                                                length,
                                                sha256.of(disk.slice(offset, length)),
                                                new BlockLocation(TestData.SEGMENT, 0))));
        return new Manifest(entries);
    }

    private Digest digest(byte[] bytes) {
        return sha256.of(ByteBuffer.wrap(bytes));
    }

    private static byte[] content(SegmentFooter.Entry entry, byte[] segment)
            throws DamagedException {
        return content(entry, segment, TestData.OPEN);
    }

    private static byte[] content(SegmentFooter.Entry entry, byte[] segment, Seal seal)
            throws DamagedException {
        ByteBuffer into = ByteBuffer.allocate(entry.length());
        try (BlockDecoder decoder = new BlockDecoder(seal)) {
            ByteBuffer stored = ByteBuffer.wrap(segment, entry.offset(), entry.storedLength());
            assertThat(decoder.check(List.of(entry), List.of(stored))).isEmpty();
            decoder.decode(entry, stored, into);
        }
        return into.array();
    }

    private static String hex(ByteBuffer bytes) {
        return HexFormat.of().formatHex(TestData.bytes(bytes));
    }

    /// The bytes of a fenced block, without spaces and comments.
    private static String hexOnPage(String fence) throws IOException {
        return onPage(fence).stream()
                .map(line -> line.replaceAll("#.*|\\s", ""))
                .collect(Collectors.joining());
    }

    private static List<String> onPage(String fence) throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        int begin = lines.indexOf("```" + fence) + 1;
        assertThat(begin).as("fence %s", fence).isPositive();
        List<String> rest = lines.subList(begin, lines.size());
        return rest.subList(0, rest.indexOf("```"));
    }
}
