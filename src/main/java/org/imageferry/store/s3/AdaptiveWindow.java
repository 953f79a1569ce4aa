package org.imageferry.store.s3;

/// How many requests to make at once, found out by trying: more as long as that brings more bytes,
/// half as many when the server asks for less. Source of the rule: TCP's congestion window (RFC 5681),
/// with the measured rate in place of losses.
///
/// It knows no clock and no threads; whoever uses it says what happened and when, one call at a time.
public final class AdaptiveWindow {
    private static final int FIRST = 8;

    /// What a request costs beside its bytes, so that requests without any count, too.
    private static final long REQUEST_BYTES = 16 << 10;

    private static final long LEAST_EPOCH_NANOS = 200_000_000;

    /// Steps back after a growth that brought nothing, before the next is tried.
    private static final int HELD_EPOCHS = 8;

    /// A growth is worth keeping if the rate is this many times what it was.
    private static final double WORTH = 1.03;

    private static final long HALVE_AGAIN_NANOS = 1_000_000_000;

    private final int most;
    private int size;

    /// Requests to end before the next epoch: those that began under another window tell nothing.
    private int settling;

    /// Of the epoch that is being measured.
    private long began;

    private long bytes;
    private int finished;
    private boolean full;
    private boolean fresh = true;

    /// Before the last growth, while it is on trial; 0 if none is.
    private int before;

    private double rateBefore;
    private boolean doubling = true;
    private int held;
    private long halved;
    private boolean everHalved;

    /// @param most the largest window
    public AdaptiveWindow(int most) {
        this.most = most;
        this.size = Math.min(FIRST, most);
    }

    public int size() {
        return size;
    }

    /// @param underWay requests now, with this one
    public void began(int underWay, long nanos) {
        if (fresh) {
            fresh = false;
            began = nanos;
        }
        full |= underWay >= size;
    }

    /// @param carried bytes in both directions
    public void finished(long carried, long nanos) {
        if (settling > 0) {
            settling--;
            measureAnew(nanos);
            return;
        }
        bytes += carried + REQUEST_BYTES;
        finished++;
        if (finished >= 2 * size && nanos - began >= LEAST_EPOCH_NANOS) {
            judge(bytes / (double) (nanos - began));
            measureAnew(nanos);
        }
    }

    /// The server asked for fewer requests. What was sent before the window shrank may be refused, too:
    /// that is the same event.
    public void throttled(long nanos) {
        if (everHalved && nanos - halved < HALVE_AGAIN_NANOS) {
            return;
        }
        everHalved = true;
        halved = nanos;
        size = Math.max(1, size / 2);
        doubling = false;
        held = HELD_EPOCHS;
        before = 0;
        settling = size;
        measureAnew(nanos);
    }

    private void measureAnew(long nanos) {
        began = nanos;
        bytes = 0;
        finished = 0;
        full = false;
    }

    private void judge(double rate) {
        if (before > 0 && rate < rateBefore * WORTH) {
            doubling = false;
            held = HELD_EPOCHS;
            resize(before);
            before = 0;
            return;
        }
        before = 0;
        held--;
        if (full && held < 0 && size < most) {
            before = size;
            rateBefore = rate;
            resize(Math.min(most, size + (doubling ? size : Math.max(1, size / 4))));
        }
    }

    private void resize(int to) {
        size = to;
        settling = to;
    }
}
