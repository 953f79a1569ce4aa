package org.imageferry.store.paced;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.time.Duration;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.RegionStoreContract;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Timing;
import org.junit.jupiter.api.Test;

class PacedRegionStoreTest implements RegionStoreContract {
    private static final int RATE = 1 << 20;

    private final MemoryRegionStore kept = new MemoryRegionStore();
    private final TestTiming timing = new TestTiming();
    private final RegionStore store = new PacedRegionStore(kept, new Pace(RATE), timing);

    private static final class TestTiming implements Timing {
        private long nanos;

        @Override
        public synchronized long nanos() {
            return nanos;
        }

        @Override
        public synchronized void rest(Duration time) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            nanos += time.toNanos();
        }

        @Override
        public double chance() {
            return 0;
        }
    }

    @Override
    public RegionStore store() {
        return store;
    }

    @Override
    public RegionStore reopened() {
        return new PacedRegionStore(kept, new Pace(RATE), timing);
    }

    @Override
    public void vanish() {
        kept.vanish();
    }

    @Test
    void readsAndWritesShareThePace() throws Exception {
        for (int i = 0; i < 10; i++) {
            store.write(new ObjectName("object-" + i), bytes(i, RATE));
            read(store, new ObjectName("object-" + i));
        }
        assertThat(Duration.ofNanos(timing.nanos()).toMillis()).isBetween(17_900L, 19_100L);
    }

    @Test
    void whoIsInterruptedWhileWaitingDidNothing() throws Exception {
        store.write(new ObjectName("first"), bytes(1, 3 * RATE));
        Thread.currentThread().interrupt();

        assertThat(failure(() -> store.write(NAME, bytes(1, 100))).kind()).isEqualTo(Kind.FAILED);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(kept.objects()).hasSize(1);
    }
}
