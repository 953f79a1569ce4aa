package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.TestClock;

/// Runs actors, exactly one at a time, and lets chance say which is next.
///
/// An actor is a thread that hands control back before everything by which it can be told from the
/// others: a transaction of the catalog, an operation of a store. So all that happens is decided by
/// the seed, and every order in which threads could do these things is within its reach.
final class Scheduler {
    /// One of so many turns goes to an actor that has found nothing to do.
    private static final int TURNS_PER_REST = 12;

    private static final int LONGEST_IDLE_SECONDS = 15;

    /// What an actor does, from its first turn to its last.
    @FunctionalInterface
    interface Play {
        void run() throws Exception;
    }

    private final RandomGenerator chance;
    private final TestClock clock;
    private final Trace trace;
    private final List<Actor> actors = new ArrayList<>();
    private final Semaphore back = new Semaphore(0);
    private Optional<Actor> current = Optional.empty();

    Scheduler(RandomGenerator chance, TestClock clock, Trace trace) {
        this.chance = chance;
        this.clock = clock;
        this.trace = trace;
    }

    /// Somebody who acts, for instance a worker of a node.
    private static final class Actor {
        private final String name;
        private final Semaphore turn = new Semaphore(0);
        private Object owner;
        private Instant asleepUntil = Instant.MIN;
        private boolean resting;
        private boolean doomed;
        private boolean gone;
        private Optional<Throwable> failure = Optional.empty();

        Actor(String name, Object owner) {
            this.name = name;
            this.owner = owner;
        }
    }

    /// @param owner with whom it dies
    void start(String name, Object owner, Play play) {
        Actor actor = new Actor(name, owner);
        actors.add(actor);
        Thread.ofVirtual().name(name).start(() -> live(actor, play));
    }

    private void live(Actor actor, Play play) {
        actor.turn.acquireUninterruptibly();
        try {
            if (!actor.doomed) {
                play.run();
            }
        } catch (Crash e) {
            trace.note(actor.name, "dies");
        } catch (Throwable e) {
            actor.failure = Optional.of(e);
        } finally {
            actor.gone = true;
            back.release();
        }
    }

    /// Gives one actor a turn, which lasts until it hands control back.
    ///
    /// @throws AssertionError if the actor failed: an exception that nobody expects is always a bug
    void step() {
        Actor next = choose();
        give(next);
        if (next.failure.isPresent()) {
            throw new AssertionError(next.name + " failed", next.failure.get());
        }
    }

    private void give(Actor actor) {
        actor.resting = false;
        current = Optional.of(actor);
        actor.turn.release();
        back.acquireUninterruptibly();
        current = Optional.empty();
        if (actor.gone) {
            actors.remove(actor);
        }
    }

    private Actor choose() {
        boolean any = chance.nextInt(TURNS_PER_REST) == 0;
        while (true) {
            List<Actor> able = able(any);
            if (!able.isEmpty()) {
                return able.get(chance.nextInt(able.size()));
            }
            any = true; // all rest or sleep: time goes by
            clock.advance(Duration.ofSeconds(1 + chance.nextInt(LONGEST_IDLE_SECONDS)));
        }
    }

    private List<Actor> able(boolean resting) {
        Instant now = clock.instant();
        List<Actor> able = new ArrayList<>(actors.size());
        for (Actor actor : actors) {
            if (!actor.asleepUntil.isAfter(now) && (resting || !actor.resting)) {
                able.add(actor);
            }
        }
        return able;
    }

    /// Hands control back. Called by actors; does nothing when the world itself looks at something.
    ///
    /// @param before what the actor will do when it has control again
    void pause(String before) {
        if (current.isEmpty()) {
            return;
        }
        Actor me = current.get();
        if (!me.doomed) {
            back.release();
            me.turn.acquireUninterruptibly();
        }
        if (me.doomed) {
            throw new Crash();
        }
        trace.note(me.name, before);
    }

    /// There is nothing to do for the actor; it looks again now and then.
    void rest() {
        current.ifPresent(me -> me.resting = true);
        pause("looks again");
    }

    /// There may be something to do for the actors of `owner`.
    void wake(Object owner) {
        for (Actor actor : actors) {
            if (actor.owner.equals(owner)) {
                actor.resting = false;
            }
        }
    }

    /// The actor hangs in what it does.
    void sleep(Duration time) {
        current.ifPresent(me -> me.asleepUntil = clock.instant().plus(time));
        pause("wakes up");
    }

    /// The actor works for `owner` from now on, and dies with it.
    void serve(Object owner) {
        current.orElseThrow().owner = owner;
    }

    /// The actor outlives its [Crash]: it was a client's, and only lost its connection.
    void survive() {
        current.orElseThrow().doomed = false;
    }

    /// Kills all actors of `owner`, wherever they are.
    void kill(Object owner) {
        for (Actor actor : List.copyOf(actors)) {
            if (actor.owner.equals(owner)) {
                doom(actor);
            }
        }
    }

    void killAll() {
        List.copyOf(actors).forEach(this::doom);
    }

    private void doom(Actor actor) {
        actor.doomed = true;
        actor.asleepUntil = Instant.MIN;
        give(actor);
    }
}
