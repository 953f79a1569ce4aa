package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptiveWindowTest {
    private static final int MOST = 32;
    private static final int MIB = 1 << 20;

    /// 200 Mbit/s.
    private static final long LINK_BYTES = 25_000_000;

    /// What one connection gets through a window of 64 KiB and 50 ms, as of an old server.
    private static final long CONNECTION_BYTES = 1_310_720;

    @ParameterizedTest
    @CsvSource({"2097152, 25000000", "2097152, 1310720", "65536, 25000000", "262144, 5000000"})
    void aLinkWithALongWayIsFilled(int requestBytes, long connectionBytes) {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        Link link = new Link(window, requestBytes, 50, LINK_BYTES, connectionBytes);

        link.run(20_000);
        long before = link.carried();
        link.run(20_000);

        long most = Math.min(LINK_BYTES, Link.most(MOST, requestBytes, 50, connectionBytes)) * 20;
        assertThat(link.carried() - before).isGreaterThan(most * 9 / 10);
    }

    @Test
    void itGrowsNoFurtherWhereMoreRequestsBringNothing() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        Link link = new Link(window, 2 * MIB, 1, LINK_BYTES, LINK_BYTES);

        link.run(60_000);

        assertThat(window.size()).isLessThanOrEqualTo(10);
    }

    @Test
    void itNeverGrowsBeyondWhatIsAllowed() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        Link link = new Link(window, 2 * MIB, 50, Long.MAX_VALUE / 1000, CONNECTION_BYTES);

        link.run(120_000);

        assertThat(window.size()).isEqualTo(MOST);
    }

    @Test
    void itDoesNotGrowWhileItIsNotUsed() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        long now = 0;
        for (int i = 0; i < 1000; i++) {
            window.began(1, now);
            now += 50_000_000;
            window.finished(MIB, now);
        }
        assertThat(window.size()).isEqualTo(8);
    }

    @Test
    void oneRequestToSlowDownHalvesItAndThoseThatFollowDoNot() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        new Link(window, 2 * MIB, 50, Long.MAX_VALUE / 1000, CONNECTION_BYTES).run(120_000);
        long now = 1_000_000_000_000L;

        window.throttled(now);
        window.throttled(now + 1_000_000);
        window.throttled(now + 900_000_000);
        assertThat(window.size()).isEqualTo(MOST / 2);

        window.throttled(now + 1_000_000_000);
        assertThat(window.size()).isEqualTo(MOST / 4);
    }

    @Test
    void oneRequestAtATimeIsTheLeast() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        for (int i = 1; i < 100; i++) {
            window.throttled(i * 2_000_000_000L);
        }
        assertThat(window.size()).isOne();
    }

    @Test
    void itComesBackAfterThrottling() {
        AdaptiveWindow window = new AdaptiveWindow(MOST);
        for (int i = 1; i < 100; i++) {
            window.throttled(i);
            window.throttled(i * 2_000_000_000L);
        }
        Link link = new Link(window, 64 << 10, 50, LINK_BYTES, LINK_BYTES);

        link.run(120_000);

        assertThat(window.size()).isGreaterThan(8);
    }
}
