package org.imageferry.copy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;

/// Watches the queues: how many run at once, and who goes next.
final class QueueWatch {
    private record Queue(RegionId region, Work.Action action) {
        static Queue of(Task task) {
            return new Queue(task.region(), task.work().action());
        }
    }

    private record Turn(Queue queue, AccountId account) {}

    private record Slot(Queue queue, int number) {}

    private final int slots;
    private final Map<Turn, Long> served = new HashMap<>();
    private long turns;

    QueueWatch(int slots) {
        this.slots = slots;
    }

    /// @param open all open tasks
    void limits(Collection<Task> open) {
        Set<Slot> taken = new HashSet<>();
        Map<Queue, Integer> running = new HashMap<>();
        for (Task task : open) {
            if (task.state() instanceof TaskState.Running state) {
                Queue queue = Queue.of(task);
                int now = running.merge(queue, 1, Integer::sum);
                Rules.P2.require(now <= slots, now + " run at once in " + queue);
                Rules.P2.require(
                        taken.add(new Slot(queue, state.slot())), "two hold the slot of " + task);
            }
        }
    }

    /// @param before all open tasks as they were before this one started
    void started(Task task, Collection<Task> before) {
        Queue queue = Queue.of(task);
        long mine = served.getOrDefault(new Turn(queue, task.account()), 0L);
        for (Task other : before) {
            if (other.state() instanceof TaskState.Waiting && Queue.of(other).equals(queue)) {
                boolean same = other.account().equals(task.account());
                Rules.P2.require(
                        !same || other.ticket() >= task.ticket(),
                        task.id() + " overtook " + other.id());
                long theirs = served.getOrDefault(new Turn(queue, other.account()), 0L);
                Rules.P2.require(
                        same || theirs >= mine,
                        task.id()
                                + " started before "
                                + other.id()
                                + ", whose account waits longer");
            }
        }
        served.put(new Turn(queue, task.account()), ++turns);
    }
}
