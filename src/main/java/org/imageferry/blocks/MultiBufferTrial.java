package org.imageferry.blocks;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.imageferry.domain.Digest;

/// Finds out whether many buffers are hashed faster together, on this machine and in this process.
///
/// That takes vectors of 512 bits, the JDK's module for them, which is there only if asked for
/// (`--add-modules jdk.incubator.vector`), and that the code has been compiled: until then it takes a
/// hundred times as long. So the same bytes are hashed both ways until together has become the faster one.
/// Before that, and where it never does, [Sha256#ofEach] hashes one after another.
public final class MultiBufferTrial {
    /// What [#worth] is while the trial is not won.
    static final double NOTHING = 0;

    private static final String MODULE = "jdk.incubator.vector";
    private static final int LANES = 16;
    private static final int MESSAGE_BYTES = 16 << 10;
    private static final int MESSAGES = 2 * LANES;
    private static final double WORTHWHILE = 0.75 * LANES; // a third more bytes a second
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    /// From the first win on: it comes when some of the code is still to be compiled.
    private static final long STEADY_NANOS = 500_000_000L;

    // Of the process, since compiled code is.
    private static volatile double won = NOTHING;

    private final LongSupplier nanos;
    private final Sha256 single = new Sha256();
    private final MultiBufferSha256 together = new MultiBufferSha256(single, 1);
    private final List<ByteBuffer> messages = new ArrayList<>();
    private long singleNanos = Long.MAX_VALUE;
    private long togetherNanos = Long.MAX_VALUE;

    private MultiBufferTrial(LongSupplier nanos) {
        this.nanos = nanos;
        byte[] bytes = new byte[MESSAGE_BYTES];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < MESSAGES; i++) {
            random.nextBytes(bytes);
            messages.add(ByteBuffer.allocateDirect(MESSAGE_BYTES).put(bytes).flip());
        }
    }

    /// Whether there is anything to try.
    public static boolean isPossible() {
        return ModuleLayer.boot().findModule(MODULE).isPresent() && Sha256Vectors.fit();
    }

    /// Holds the trial, which keeps one core busy for a second or two, and for ten where it is lost.
    ///
    /// @param nanos a clock, in nanoseconds
    /// @return how many times as fast many buffers are hashed together; 1 if the trial was lost
    /// @throws IllegalStateException if it is not possible here, or the two ways differ: then this JDK or this
    ///     CPU can't be trusted, and nothing is changed
    public static double hold(LongSupplier nanos) {
        if (!isPossible()) {
            throw new IllegalStateException("nothing to try: no vectors of 512 bits here");
        }
        won = new MultiBufferTrial(nanos).run();
        return won == NOTHING ? 1 : LANES / won;
    }

    /// So many blocks of 64 bytes are hashed one after another while each lane takes one; [#NOTHING] if
    /// the trial is not won.
    static double worth() {
        return won;
    }

    private double run() {
        long now = nanos.getAsLong();
        long end = now + PATIENCE_NANOS;
        boolean winning = false;
        while (end - now > 0) {
            now = round();
            if (!winning && worthNow() <= WORTHWHILE) {
                winning = true;
                end = now + STEADY_NANOS;
            }
        }
        return winning ? worthNow() : NOTHING;
    }

    private double worthNow() {
        return LANES * (double) togetherNanos / singleNanos;
    }

    /// Whatever disturbs it only makes it longer, so the shortest time is the true one.
    ///
    /// @return when it ended
    private long round() {
        long begin = nanos.getAsLong();
        List<Digest> expected = messages.stream().map(single::of).toList();
        long half = nanos.getAsLong();
        List<Digest> digests = together.of(messages);
        long end = nanos.getAsLong();
        if (!digests.equals(expected)) {
            throw new IllegalStateException("SHA-256 by vectors is not what the JDK makes of it");
        }
        singleNanos = Math.min(singleNanos, Math.max(1, half - begin));
        togetherNanos = Math.min(togetherNanos, end - half);
        return end;
    }
}
