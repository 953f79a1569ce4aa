package org.imageferry.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Lets threads do the same at once.
public final class Racing {
    private Racing() {}

    /// @param each gets the number of its thread, from 0
    /// @return what each thread returned, in their order
    public static <T> List<T> all(int threads, IntFunction<T> each) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> racers =
                    IntStream.range(0, threads)
                            .<Callable<T>>mapToObj(i ->
                                    () -> {
                                        start.await();
                                        return each.apply(i);
                                    })
                            .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(racers)) {
                results.add(future.get());
            }
            return results;
        }
    }

    /// Does it on another thread and waits for that.
    public static <T> T elsewhere(Callable<T> action) {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            return executor.submit(action).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }
}
