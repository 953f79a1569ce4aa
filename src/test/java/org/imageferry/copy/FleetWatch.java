package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;

/// Watches the queues of a [Fleet], with a queue of its own beside the engine's: who may start, who did, and how long
/// each waited.
final class FleetWatch {
    private final int slots;
    private final Map<RegionId, Queue> queues = new HashMap<>();
    private final Map<AccountId, List<Duration>> waits =
            new TreeMap<>(Comparator.comparing(AccountId::value));
    private final List<Start> starts = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private int queued;
    private int ended;

    FleetWatch(int slots) {
        this.slots = slots;
    }

    private record Start(Instant at, RegionId region) {}

    /// A slot was free and somebody waited for it.
    private record Gap(RegionId region, Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    private static final class Queue {
        private final Map<AccountId, Deque<TaskId>> waiting = new HashMap<>();
        private final Map<AccountId, Long> served = new HashMap<>();
        private final Map<TaskId, AccountId> running = new HashMap<>();
        private long turns;
        private Instant freeSince;

        Queue(Instant now) {
            this.freeSince = now;
        }

        private long turn(AccountId account) {
            return served.getOrDefault(account, 0L);
        }
    }

    void queued(Task task, Instant now) {
        queues.computeIfAbsent(task.region(), _ -> new Queue(now))
                .waiting
                .computeIfAbsent(task.account(), _ -> new ArrayDeque<>())
                .add(task.id());
        queued++;
    }

    /// @param running of the region's tasks
    void look(RegionId region, List<Task> running, Instant now) {
        Queue queue = queues.computeIfAbsent(region, _ -> new Queue(now));
        Rules.P2.require(running.size() <= slots, running.size() + " run at once in " + region);
        Set<TaskId> here = new HashSet<>();
        running.forEach(task -> here.add(task.id()));
        Set<TaskId> gone = new HashSet<>(queue.running.keySet());
        gone.removeAll(here);
        for (TaskId task : gone) {
            queue.running.remove(task);
            queue.freeSince = now;
            ended++;
        }
        for (Task task : running) {
            if (!queue.running.containsKey(task.id())) {
                started(queue, task, now);
            }
        }
    }

    private void started(Queue queue, Task task, Instant now) {
        Deque<TaskId> before = queue.waiting.getOrDefault(task.account(), new ArrayDeque<>());
        Rules.P2.require(
                !before.isEmpty() && before.remove().equals(task.id()),
                task.id() + " overtook another of its account");
        for (Map.Entry<AccountId, Deque<TaskId>> other : queue.waiting.entrySet()) {
            Rules.P2.require(
                    other.getValue().isEmpty()
                            || queue.turn(other.getKey()) >= queue.turn(task.account()),
                    task.id() + " started, and " + other.getKey() + " waits for longer");
        }
        queue.served.put(task.account(), ++queue.turns);
        queue.running.put(task.id(), task.account());
        waits.computeIfAbsent(task.account(), _ -> new ArrayList<>())
                .add(Duration.between(task.created(), now));
        starts.add(new Start(now, task.region()));
        gaps.add(new Gap(task.region(), queue.freeSince, now));
    }

    int queued() {
        return queued;
    }

    int ended() {
        return ended;
    }

    /// How long slots were free while somebody waited for them, in order.
    List<Duration> gaps() {
        return gaps.stream().map(Gap::length).sorted().toList();
    }

    /// How long each copy of each account waited, in order.
    Map<AccountId, List<Duration>> waits() {
        Map<AccountId, List<Duration>> sorted =
                new TreeMap<>(Comparator.comparing(AccountId::value));
        waits.forEach((account, all) -> sorted.put(account, all.stream().sorted().toList()));
        return sorted;
    }

    /// The most turns that another region had while one waited with a slot free.
    int mostTurnsMeanwhile() {
        int most = 0;
        for (Gap gap : gaps) {
            Map<RegionId, Integer> others = new HashMap<>();
            for (int i = after(gap.from());
                    i < starts.size() && starts.get(i).at().isBefore(gap.to());
                    i++) {
                if (!starts.get(i).region().equals(gap.region())) {
                    most = Math.max(most, others.merge(starts.get(i).region(), 1, Integer::sum));
                }
            }
        }
        return most;
    }

    /// The first start that came later.
    private int after(Instant moment) {
        int low = 0;
        int high = starts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts.get(middle).at().isAfter(moment)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
