package org.imageferry.copy;

import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Runs many worlds, two at a time.
final class Worlds {
    private Worlds() {}

    /// Runs a world of each seed until one fails.
    ///
    /// @param ended takes each that ran to its end
    /// @return how the first failed
    static Optional<AssertionError> firstFailure(
            long first, long last, LongFunction<World> maker, Consumer<World> ended) {
        AtomicLong next = new AtomicLong(first);
        Queue<AssertionError> failures = new ConcurrentLinkedQueue<>();
        Runnable hand =
                () -> {
                    long seed = next.getAndIncrement();
                    while (seed <= last && failures.isEmpty()) {
                        run(maker.apply(seed), ended).ifPresent(failures::add);
                        seed = next.getAndIncrement();
                    }
                };
        // Virtual threads hand control to each other at a fraction of the cost.
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> one = hands.submit(hand);
            Future<?> other = hands.submit(hand);
            one.get();
            other.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a world could not be made or closed", e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
        return Optional.ofNullable(failures.peek());
    }

    private static Optional<AssertionError> run(World world, Consumer<World> ended) {
        try (world) {
            world.run();
            ended.accept(world);
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e);
        }
    }
}
