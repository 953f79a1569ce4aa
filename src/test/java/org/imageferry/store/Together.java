package org.imageferry.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs the same thing in several threads that start at once.
public final class Together {
    private Together() {}

    @FunctionalInterface
    public interface Task<T> {
        T run(int thread) throws Exception;
    }

    /// @return what each thread answered, in the threads' order
    public static <T> List<T> run(int threads, Task<T> task) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<T>> answers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                answers.add(
                        executor.submit(() -> {
                            start.await();
                            return task.run(thread);
                        }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> answer : answers) {
                results.add(answer.get());
            }
            return results;
        }
    }
}
