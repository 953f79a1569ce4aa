package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Digest;
import org.junit.jupiter.api.Test;

/// Plain blocks; sealed ones are SealedBlocksTest's.
class BlockCarrierTest {
    private static final byte[] CONTENT = TestData.prose(new SplittableRandom(1), 64 << 10);

    /// A block as a segment holds it, under this name.
    private record Stored(SegmentFooter.Entry entry, ByteBuffer bytes) {
        static Stored of(Digest name) {
            try (BlockEncoder encoder = new BlockEncoder()) {
                EncodedBlock block = encoder.encode(name, ByteBuffer.wrap(CONTENT));
                ByteBuffer bytes = ByteBuffer.allocateDirect(block.storedLength());
                bytes.put(block.stored().duplicate()).flip();
                return new Stored(
                        new SegmentFooter.Entry(
                                name,
                                0,
                                block.storedLength(),
                                block.length(),
                                block.codec(),
                                block.checksum()),
                        bytes);
            }
        }
    }

    private static EncodedBlock carry(Stored stored, BlockCheck check) throws DamagedException {
        try (BlockCarrier carrier =
                new BlockCarrier(TestData.OPEN, TestData.OPEN, new SplittableRandom(2))) {
            List<SegmentFooter.Entry> entries = List.of(stored.entry());
            List<ByteBuffer> bytes = List.of(stored.bytes());
            ByteBuffer room = ByteBuffer.allocateDirect(PageCutter.MOST_BYTES);
            Map<Integer, DamagedException> wrong =
                    switch (check) {
                        case STORED -> carrier.check(entries, bytes);
                        case CONTENT -> carrier.checkContents(entries, bytes, room);
                    };
            for (DamagedException e : wrong.values()) {
                throw e;
            }
            return carrier.carry(stored.entry(), stored.entry().name(), stored.bytes());
        }
    }

    private static Digest digest(byte[] content) {
        return new Sha256().of(ByteBuffer.wrap(content));
    }

    @Test
    void aBlockArrivesAsItWas() throws Exception {
        Stored right = Stored.of(digest(CONTENT));
        for (BlockCheck check : BlockCheck.values()) {
            EncodedBlock carried = carry(right, check);
            assertThat(carried.stored()).isEqualTo(right.bytes());
            assertThat(carried.checksum()).isEqualTo(right.entry().checksum());
        }
    }

    @Test
    void otherStoredBytesAreRefusedWhateverIsChecked() {
        Stored flipped = Stored.of(digest(CONTENT));
        flipped.bytes().put(100, (byte) (flipped.bytes().get(100) ^ 1));
        for (BlockCheck check : BlockCheck.values()) {
            assertThatThrownBy(() -> carry(flipped, check)).isInstanceOf(DamagedException.class);
        }
    }

    /// As if memory had failed between hashing and compressing: no checksum of stored bytes tells.
    @Test
    void contentOfAnotherNameIsFoundOnlyByCheckingContents() throws Exception {
        Stored wrong = Stored.of(digest(new byte[] {1}));
        assertThat(carry(wrong, BlockCheck.STORED).stored()).isEqualTo(wrong.bytes());
        assertThatThrownBy(() -> carry(wrong, BlockCheck.CONTENT))
                .isInstanceOf(DamagedException.class)
                .hasMessageContaining("its content has another digest");
    }
}
