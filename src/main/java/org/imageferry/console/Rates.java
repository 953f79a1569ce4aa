package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How fast tasks go: over the last half minute where somebody has been watching, else since they
/// started. For one viewer, that is, one thread.
final class Rates {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Duration LEAST = Duration.ofSeconds(8);
    private final Map<String, Deque<Sample>> samples = new HashMap<>();

    private record Sample(Instant at, long done) {}

    /// To be told of all open tasks each time; of others nothing is kept.
    void watch(Queues queues, Instant now) {
        Set<String> open = queues.running().map(TaskView::id).collect(Collectors.toSet());
        samples.keySet().retainAll(open);
        queues.running()
                .forEach(task -> {
                    Deque<Sample> seen =
                            samples.computeIfAbsent(task.id(), _ -> new ArrayDeque<>());
                    if (seen.isEmpty() || seen.getLast().at().isBefore(now)) {
                        seen.addLast(new Sample(now, task.bytes().done()));
                    }
                    while (Duration.between(seen.getFirst().at(), now).compareTo(WINDOW) > 0) {
                        seen.removeFirst();
                    }
                });
    }

    /// Bytes of content that are dealt with in a second; 0 for what does not run.
    double of(TaskView task, Instant now) {
        Deque<Sample> seen = samples.getOrDefault(task.id(), new ArrayDeque<>());
        if (!seen.isEmpty()) {
            Sample first = seen.getFirst();
            Duration watched = Duration.between(first.at(), now);
            long done = task.bytes().done() - first.done(); // told by leaps of some MiB
            if (done > 0 && watched.compareTo(LEAST) >= 0) {
                return perSecond(done, watched);
            }
        }
        return task.started()
                .map(start -> perSecond(task.bytes().done(), Duration.between(start, now)))
                .orElse(0.0);
    }

    private static double perSecond(long bytes, Duration time) {
        return time.toMillis() <= 0 ? 0 : bytes * 1000.0 / time.toMillis();
    }
}
