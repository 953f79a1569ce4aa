package org.imageferry.blocks;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.imageferry.domain.Digest;

/// SHA-256 (FIPS 180-4) of many messages, sixteen at a time. For one thread.
///
/// The longest begin first, and whichever lane ends takes the next. Where a few that are much longer than
/// the others would keep most lanes idle in the end, these few are hashed one after another instead.
final class MultiBufferSha256 {
    private static final int LANES = Sha256Vectors.LANES;
    private static final int BLOCK_BYTES = Sha256Vectors.BLOCK_BYTES;
    private static final int LENGTH_BYTES = Long.BYTES;
    private static final int TAIL_BYTES = 2 * BLOCK_BYTES;
    private static final byte END_MARK = (byte) 0x80;

    private final Sha256 single;
    private final double worth;
    private final Sha256Vectors vectors = new Sha256Vectors();
    private final Lane[] lanes = new Lane[LANES];

    /// @param single hashes those that are hashed one after another
    /// @param worth so many blocks of 64 bytes it takes while each lane takes one
    MultiBufferSha256(Sha256 single, double worth) {
        this.single = single;
        this.worth = worth;
        ByteBuffer tails = ByteBuffer.allocateDirect(LANES * TAIL_BYTES);
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane(i, tails.slice(i * TAIL_BYTES, TAIL_BYTES));
        }
    }

    /// @param messages in direct memory, from position to limit, which stay as they are
    /// @return the digest of each, in their order
    List<Digest> of(List<ByteBuffer> messages) {
        int[] longestFirst =
                IntStream.range(0, messages.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -messages.get(i).remaining()))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] lengths = IntStream.of(longestFirst).map(i -> messages.get(i).remaining()).toArray();
        Digest[] digests = new Digest[longestFirst.length];
        int apart = apart(lengths, worth);
        Queue<Integer> queue = new ArrayDeque<>(digests.length);
        for (int i = 0; i < digests.length; i++) {
            int message = longestFirst[i];
            if (i < apart) {
                digests[message] = single.of(messages.get(message));
            } else {
                queue.add(message);
            }
        }
        hash(messages, queue, digests);
        return List.of(digests);
    }

    /// How many of the longest are better hashed one after another: lanes take as long as the longest of
    /// theirs, or as all of theirs take when spread evenly.
    static int apart(int[] longestFirst, double worth) {
        double inLanes = IntStream.of(longestFirst).asLongStream().sum();
        double alone = 0;
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int apart = 0; apart <= longestFirst.length; apart++) {
            int longest = apart < longestFirst.length ? longestFirst[apart] : 0;
            double cost = Math.max(longest, inLanes / LANES) + alone / worth;
            if (cost < least) {
                least = cost;
                best = apart;
            }
            inLanes -= longest;
            alone += longest;
        }
        return best;
    }

    private void hash(List<ByteBuffer> messages, Queue<Integer> queue, Digest[] digests) {
        for (Lane lane : lanes) {
            lane.next(messages, queue);
        }
        for (int blocks = together(); blocks > 0; blocks = together()) {
            vectors.compress(blocks);
            for (Lane lane : lanes) {
                if (lane.isBusy() && lane.went(blocks)) {
                    digests[lane.message] = vectors.digest(lane.number);
                    lane.next(messages, queue);
                }
            }
        }
    }

    /// How many blocks all busy lanes can take next; 0 if none is busy. Idle ones take what another takes,
    /// and nobody asks what it comes to.
    private int together() {
        int least = Integer.MAX_VALUE;
        int busy = -1;
        for (Lane lane : lanes) {
            if (lane.isBusy()) {
                least = Math.min(least, lane.blocksLeft);
                busy = lane.number;
            }
        }
        if (busy < 0) {
            return 0;
        }
        for (Lane lane : lanes) {
            if (!lane.isBusy()) {
                vectors.follow(lane.number, busy);
            }
        }
        return least;
    }

    /// Takes a message: first its whole blocks, where they lie, then the tail: what is left of it, padded
    /// (FIPS 180-4 §5.1.1).
    private final class Lane {
        private final int number;
        private final ByteBuffer tail;
        private final MemorySegment tailMemory;
        private int message;
        private int blocksLeft;
        private int tailBlocks;

        Lane(int number, ByteBuffer tail) {
            this.number = number;
            this.tail = tail;
            this.tailMemory = MemorySegment.ofBuffer(tail);
        }

        boolean isBusy() {
            return blocksLeft > 0;
        }

        void next(List<ByteBuffer> messages, Queue<Integer> queue) {
            Integer next = queue.poll();
            if (next == null) {
                return;
            }
            message = next;
            ByteBuffer bytes = messages.get(message);
            vectors.begin(number);
            tailBlocks = pad(bytes);
            blocksLeft = bytes.remaining() / BLOCK_BYTES;
            if (blocksLeft > 0) {
                vectors.place(number, MemorySegment.ofBuffer(bytes));
            } else {
                beginTail();
            }
        }

        /// @return how many blocks the tail has
        private int pad(ByteBuffer bytes) {
            int rest = bytes.remaining() % BLOCK_BYTES;
            int length = rest + 1 + LENGTH_BYTES > BLOCK_BYTES ? TAIL_BYTES : BLOCK_BYTES;
            tail.clear().put(bytes.slice(bytes.limit() - rest, rest)).put(END_MARK);
            while (tail.position() < length - LENGTH_BYTES) {
                tail.put((byte) 0);
            }
            tail.putLong((long) bytes.remaining() * Byte.SIZE);
            return length / BLOCK_BYTES;
        }

        private void beginTail() {
            vectors.place(number, tailMemory);
            blocksLeft = tailBlocks;
            tailBlocks = 0;
        }

        /// @return whether the message has come to its end
        boolean went(int blocks) {
            blocksLeft -= blocks;
            if (blocksLeft == 0 && tailBlocks > 0) {
                beginTail();
            }
            return blocksLeft == 0;
        }
    }
}
