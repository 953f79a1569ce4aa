package org.imageferry.ecs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imageferry.access.Principal;
import org.imageferry.domain.AccountId;

/// Lets an account send so many requests of one action in a second, to this node; after a rest, those of
/// one second at once.
///
/// For each account and action it remembers when the requests so far would be over at their even pace
/// (the generic cell rate algorithm: a token bucket that needs no refilling). It is only asked about
/// senders that are proved, so nobody else can fill it or use up what is another's. Any number of threads
/// may ask.
public final class Throttle {
    /// The one that was idle for longest goes first, and has its whole second again.
    static final int MOST_REMEMBERED = 10_000;

    private static final Duration BURST = Duration.ofSeconds(1);

    /// For an account that may not send any.
    private static final Duration LONG = Duration.ofMinutes(1);

    private final InstantSource clock;
    private final Map<Key, Instant> over = new LinkedHashMap<>(16, 0.75f, true);

    private record Key(AccountId account, String action) {}

    public Throttle(InstantSource clock) {
        this.clock = clock;
    }

    /// @throws EcsException `Throttling.User` if there are too many
    public void admit(Principal principal, String action) {
        long rate = principal.requestsPerSecond();
        Duration wait = rate == 0 ? LONG : wait(new Key(principal.id(), action), pace(rate));
        if (wait.isPositive()) {
            throw new EcsException(
                    AccessErrors.THROTTLED
                            .advising(
                                    "The account may send "
                                            + rate
                                            + " requests of "
                                            + action
                                            + " in a second: try again in "
                                            + wait.toMillis()
                                            + " ms.")
                            .retryAfter(wait));
        }
    }

    private static Duration pace(long rate) {
        return BURST.dividedBy(rate);
    }

    /// @return how long until the next may come; nothing if this one may
    private synchronized Duration wait(Key key, Duration pace) {
        Instant now = clock.instant();
        Instant start = over.getOrDefault(key, now);
        boolean past = start.isBefore(now);
        boolean odd = start.isAfter(now.plus(BURST)); // the clock was set back
        Instant next = (past || odd ? now : start).plus(pace);
        Duration wait = Duration.between(now, next).minus(BURST);
        if (wait.isPositive()) {
            return Duration.ofMillis(wait.plusNanos(999_999).toMillis());
        }
        over.put(key, next);
        if (over.size() > MOST_REMEMBERED) {
            over.remove(over.keySet().iterator().next());
        }
        return Duration.ZERO;
    }
}
