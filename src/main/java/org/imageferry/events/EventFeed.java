package org.imageferry.events;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.RegionId;

/// Gives accounts their events, at once or when there are some. Any number of threads may ask.
///
/// Who waits holds a thread, so only so many may; who comes when all places are taken is answered at
/// once, as if it had not wanted to wait.
public final class EventFeed {
    /// The longest that anybody waits.
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    static final int MOST_WAITING = 200;
    static final int MOST_WAITING_OF_ACCOUNT = 20;

    /// Hints get lost: so often it is looked without one.
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(2);

    private final Catalog catalog;
    private final Hints hints;
    private final InstantSource clock;
    private final Map<AccountId, Integer> waiting = new HashMap<>();
    private int allWaiting;
    private volatile boolean closed;

    /// Tells when there may be events.
    public interface Hints {
        /// How many there were; to be asked before looking.
        long count();

        /// Waits until there were more than `seen`, but no longer than `most`.
        void await(long seen, Duration most) throws InterruptedException;
    }

    /// What is asked for.
    ///
    /// @param after the last event that was seen
    /// @param limit how many at most
    public record Question(
            AccountId account, EventId after, Optional<RegionId> region, int limit) {}

    public EventFeed(Catalog catalog, Hints hints, InstantSource clock) {
        this.catalog = catalog;
        this.hints = hints;
        this.clock = clock;
    }

    /// @param wait for the first event, if there is none yet
    /// @return oldest first; none if none came in that time
    public List<Event> read(Question question, Duration wait) {
        if (!wait.isPositive() || !enter(question.account())) {
            return look(question);
        }
        try {
            return await(question, wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            leave(question.account());
        }
    }

    /// The last event that the account had.
    public EventId last(AccountId account) {
        return catalog.read(tables -> tables.events().last(account));
    }

    private List<Event> await(Question question, Duration wait) throws InterruptedException {
        Instant end = clock.instant().plus(wait);
        while (true) {
            long seen = hints.count();
            List<Event> events = look(question);
            Duration left = Duration.between(clock.instant(), end);
            if (!events.isEmpty() || !left.isPositive() || closed) {
                return events;
            }
            hints.await(seen, left.compareTo(LONGEST_SLEEP) < 0 ? left : LONGEST_SLEEP);
        }
    }

    private List<Event> look(Question question) {
        return catalog.read(tables ->
                tables.events()
                        .after(
                                question.after(),
                                question.account(),
                                question.region(),
                                question.limit()));
    }

    private synchronized boolean enter(AccountId account) {
        int its = waiting.getOrDefault(account, 0);
        if (closed || allWaiting == MOST_WAITING || its == MOST_WAITING_OF_ACCOUNT) {
            return false;
        }
        allWaiting++;
        waiting.put(account, its + 1);
        return true;
    }

    private synchronized void leave(AccountId account) {
        allWaiting--;
        waiting.computeIfPresent(account, (_, its) -> its == 1 ? null : its - 1);
    }

    /// How many wait.
    synchronized int waiting() {
        return allWaiting;
    }

    /// Nobody waits any more from the next hint on: the server is about to stop.
    public void close() {
        closed = true;
    }
}
