package org.imageferry.blocks;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ROR;
import static jdk.incubator.vector.VectorOperators.XOR;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;
import org.imageferry.domain.Digest;

/// Sixteen messages hashed side by side, block by block of 64 bytes: the words of FIPS 180-4 §6.2, each
/// a vector with a lane for each message. For one thread.
///
/// A CPU's own SHA instructions wait for their own results; rounds of sixteen messages keep it busy. The
/// methods are small and their loops plain: what the compiler does not inline whole is slower by ten times.
final class Sha256Vectors {
    static final int LANES = 16;
    static final int BLOCK_BYTES = 64;

    private static final VectorSpecies<Integer> SPECIES = IntVector.SPECIES_512;
    private static final int ROUNDS = 64;
    private static final int BLOCK_WORDS = BLOCK_BYTES / Integer.BYTES;
    private static final int STATE_WORDS = 8;

    /// §5.3.3.
    private static final int[] START = {
        0x6a09e667,
        0xbb67ae85,
        0x3c6ef372,
        0xa54ff53a,
        0x510e527f,
        0x9b05688c,
        0x1f83d9ab,
        0x5be0cd19
    };

    /// §4.2.2.
    private static final int[] ROUND_CONSTANTS = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
                0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
                0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc,
                0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
                0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
                0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
                0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
                0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
                0xc67178f2
    };

    /// Which lanes of two vectors stand beside each other once they are shuffled like two halves of a pack of
    /// cards: the lower half of the result, and the upper one.
    private static final IntVector LOWER = shuffled(0);

    private static final IntVector UPPER = shuffled(LANES / 2);

    private final int[] state = new int[STATE_WORDS * LANES];
    private final int[] schedule = new int[ROUNDS * LANES];
    private final int[] scratch = new int[BLOCK_WORDS * LANES];

    private final MemorySegment[] memories = new MemorySegment[LANES];
    private final long[] offsets = new long[LANES];

    /// Called through an interface, for the compiler would inline them into one and find that too much.
    private final Runnable[] steps = {this::turn, this::expand, this::rounds, this::add};

    private static IntVector shuffled(int from) {
        int[] lanes = new int[LANES];
        for (int i = 0; i < LANES; i++) {
            lanes[i] = from + i / 2 + i % 2 * LANES;
        }
        return IntVector.fromArray(SPECIES, lanes, 0);
    }

    /// Whether this CPU has vectors of sixteen lanes: else all of it is right, and very slow.
    static boolean fit() {
        return IntVector.SPECIES_PREFERRED.length() >= LANES;
    }

    /// Begins another message in a lane.
    void begin(int lane) {
        for (int i = 0; i < STATE_WORDS; i++) {
            state[i * LANES + lane] = START[i];
        }
    }

    /// What the lane's message has come to.
    Digest digest(int lane) {
        return new Digest(half(lane, 0), half(lane, 2), half(lane, 4), half(lane, 6));
    }

    private long half(int lane, int word) {
        return (long) state[word * LANES + lane] << Integer.SIZE
                | Integer.toUnsignedLong(state[(word + 1) * LANES + lane]);
    }

    /// Says where the lane's next bytes are.
    void place(int lane, MemorySegment memory) {
        memories[lane] = memory;
        offsets[lane] = 0;
    }

    /// Has a lane take the bytes that another takes.
    void follow(int lane, int other) {
        memories[lane] = memories[other];
        offsets[lane] = offsets[other];
    }

    /// Takes so many times 64 bytes of each lane, one behind the other.
    void compress(int blocks) {
        for (int i = 0; i < blocks; i++) {
            for (Runnable step : steps) {
                step.run();
            }
        }
    }

    /// Puts the first words of all lanes side by side, then the second, and so on. Words stand as a table of
    /// sixteen by sixteen, a row for a lane; each perfect shuffle of its rows' two halves moves a bit from
    /// a word's row to its column, so four of them turn it about: two at once, twice.
    private void turn() {
        for (int row = 0; row < LANES / 4; row++) {
            shuffleTwice(row, words(row), words(row + 4), words(row + 8), words(row + 12), scratch);
        }
        for (int row = 0; row < LANES / 4; row++) {
            shuffleTwice(
                    row,
                    at(scratch, row),
                    at(scratch, row + 4),
                    at(scratch, row + 8),
                    at(scratch, row + 12),
                    schedule);
        }
        for (int lane = 0; lane < LANES; lane++) {
            offsets[lane] += BLOCK_BYTES;
        }
    }

    private IntVector words(int lane) {
        return IntVector.fromMemorySegment(
                SPECIES, memories[lane], offsets[lane], ByteOrder.BIG_ENDIAN);
    }

    private static void shuffleTwice(
            int row, IntVector a, IntVector b, IntVector c, IntVector d, int[] into) {
        IntVector ac = LOWER.selectFrom(a, c);
        IntVector bd = LOWER.selectFrom(b, d);
        LOWER.selectFrom(ac, bd).intoArray(into, 4 * row * LANES);
        UPPER.selectFrom(ac, bd).intoArray(into, (4 * row + 1) * LANES);
        ac = UPPER.selectFrom(a, c);
        bd = UPPER.selectFrom(b, d);
        LOWER.selectFrom(ac, bd).intoArray(into, (4 * row + 2) * LANES);
        UPPER.selectFrom(ac, bd).intoArray(into, (4 * row + 3) * LANES);
    }

    private static IntVector at(int[] rows, int row) {
        return IntVector.fromArray(SPECIES, rows, row * LANES);
    }

    /// §6.2.2, step 1.
    private void expand() {
        IntVector twoBefore = at(schedule, BLOCK_WORDS - 2);
        IntVector before = at(schedule, BLOCK_WORDS - 1);
        for (int t = BLOCK_WORDS; t < ROUNDS; t++) {
            IntVector next =
                    at(schedule, t - 16)
                            .add(sigma0(at(schedule, t - 15)))
                            .add(at(schedule, t - 7))
                            .add(sigma1(twoBefore));
            next.intoArray(schedule, t * LANES);
            twoBefore = before;
            before = next;
        }
    }

    private static IntVector sigma0(IntVector x) {
        return xor(x.lanewise(ROR, 7), x.lanewise(ROR, 18), x.lanewise(LSHR, 3));
    }

    private static IntVector sigma1(IntVector x) {
        return xor(x.lanewise(ROR, 17), x.lanewise(ROR, 19), x.lanewise(LSHR, 10));
    }

    /// §6.2.2, steps 2 to 4. Sums are taken so that what comes last, the results of this round that the next
    /// one needs, wait for as little as can be.
    private void rounds() {
        IntVector a = at(state, 0);
        IntVector b = at(state, 1);
        IntVector c = at(state, 2);
        IntVector d = at(state, 3);
        IntVector e = at(state, 4);
        IntVector f = at(state, 5);
        IntVector g = at(state, 6);
        IntVector h = at(state, 7);
        for (int t = 0; t < ROUNDS; t++) {
            IntVector early = h.add(at(schedule, t).add(ROUND_CONSTANTS[t])).add(choice(e, f, g));
            IntVector late = xor(e.lanewise(ROR, 6), e.lanewise(ROR, 11), e.lanewise(ROR, 25));
            IntVector other = xor(a.lanewise(ROR, 2), a.lanewise(ROR, 13), a.lanewise(ROR, 22));
            h = g;
            g = f;
            f = e;
            e = d.add(early).add(late);
            d = c;
            other = other.add(majority(a, b, c));
            c = b;
            b = a;
            a = other.add(early.add(late));
        }
        put(a, 0);
        put(b, 1);
        put(c, 2);
        put(d, 3);
        put(e, 4);
        put(f, 5);
        put(g, 6);
        put(h, 7);
    }

    private void put(IntVector word, int row) {
        word.intoArray(scratch, row * LANES);
    }

    private void add() {
        for (int word = 0; word < STATE_WORDS; word++) {
            at(state, word).add(at(scratch, word)).intoArray(state, word * LANES);
        }
    }

    private static IntVector choice(IntVector e, IntVector f, IntVector g) {
        return f.lanewise(XOR, g).and(e).lanewise(XOR, g);
    }

    private static IntVector majority(IntVector a, IntVector b, IntVector c) {
        return a.and(b).or(a.or(b).and(c));
    }

    private static IntVector xor(IntVector x, IntVector y, IntVector z) {
        return x.lanewise(XOR, y).lanewise(XOR, z);
    }
}
