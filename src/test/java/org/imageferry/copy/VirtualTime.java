package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;
import org.imageferry.catalog.TestClock;

/// Lets hours of many nodes' work pass in minutes: what takes time is put into the future, and the clock goes to
/// whatever comes next.
///
/// Actors are threads of which one runs at a time, so all that happens follows from what was put where. They are
/// used again, for a fleet has a hundred thousand workers of which few work at once.
final class VirtualTime {
    /// What an actor does.
    @FunctionalInterface
    interface Play {
        void run() throws Exception;
    }

    private record Event(Instant at, long number, Runnable deed) {}

    private static final class Actor {
        private final Semaphore turn = new Semaphore(0);
        private Optional<Play> play = Optional.empty();
        private Duration owed = Duration.ZERO;
    }

    private final TestClock clock;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final Deque<Actor> idle = new ArrayDeque<>();
    private final Semaphore back = new Semaphore(0);
    private Optional<Actor> current = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private long numbers;
    private boolean over;

    VirtualTime(TestClock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    void later(Duration wait, Runnable deed) {
        events.add(new Event(now().plus(wait), numbers++, deed));
    }

    /// Has an actor begin at once.
    void start(Play play) {
        Actor actor = idle.isEmpty() ? hire() : idle.pop();
        actor.play = Optional.of(play);
        later(Duration.ZERO, () -> give(actor));
    }

    private Actor hire() {
        Actor actor = new Actor();
        Thread.ofVirtual().start(() -> live(actor));
        return actor;
    }

    private void live(Actor actor) {
        actor.turn.acquireUninterruptibly();
        while (!over) {
            try {
                actor.play.orElseThrow().run();
            } catch (Throwable e) {
                failure = Optional.of(e);
            }
            actor.owed = Duration.ZERO;
            idle.push(actor);
            back.release();
            actor.turn.acquireUninterruptibly();
        }
        back.release();
    }

    private void give(Actor actor) {
        current = Optional.of(actor);
        actor.turn.release();
        back.acquireUninterruptibly();
        current = Optional.empty();
    }

    boolean acting() {
        return current.isPresent();
    }

    /// The time at which the actor is, with what it owes.
    Instant mine() {
        return now().plus(current.map(me -> me.owed).orElse(Duration.ZERO));
    }

    /// Adds to the time that the actor will have taken when it next [#settle]s: what it does until then nobody
    /// else can tell from what it did before. Does nothing when no actor acts.
    void owe(Duration time) {
        current.ifPresent(me -> me.owed = me.owed.plus(time));
    }

    /// Lets the time pass that the actor owes.
    void settle() {
        current.filter(me -> me.owed.isPositive())
                .ifPresent(me -> {
                    Duration wait = me.owed;
                    me.owed = Duration.ZERO;
                    later(wait, () -> give(me));
                    back.release();
                    me.turn.acquireUninterruptibly();
                });
    }

    /// Goes on to the next event.
    ///
    /// @return false if there is none
    /// @throws AssertionError if an actor failed
    boolean step() {
        Event next = events.poll();
        if (next == null) {
            return false;
        }
        if (next.at().isAfter(now())) {
            clock.advance(Duration.between(now(), next.at()));
        }
        next.deed().run();
        if (failure.isPresent()) {
            throw new AssertionError("an actor failed", failure.get());
        }
        return true;
    }

    /// Sends those home who have nothing to do.
    void close() {
        over = true;
        while (!idle.isEmpty()) {
            give(idle.pop());
        }
    }
}
