package org.imageferry.server;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Waits for what comes by itself: looks again and again, but not for ever.
final class Patience {
    /// Far more than anything here takes, even on a busy machine.
    private static final Duration MOST = Duration.ofMinutes(3);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(25);

    private Patience() {}

    interface Look<T> {
        /// @return nothing if it has not come yet
        Optional<T> take() throws Exception;
    }

    static <T> T await(String what, Look<T> look) throws Exception {
        long end = System.nanoTime() + MOST.toNanos();
        while (System.nanoTime() < end) {
            Optional<T> found = look.take();
            if (found.isPresent()) {
                return found.get();
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        return fail("%s did not come in %s", what, MOST);
    }

    static void until(String what, Callable<Boolean> look) throws Exception {
        boolean _ = await(what, () -> Optional.of(look.call()).filter(it -> it));
    }
}
