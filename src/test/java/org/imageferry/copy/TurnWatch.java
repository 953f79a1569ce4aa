package org.imageferry.copy;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;

/// Watches that nobody who looks for a part to do overlooks one: so all nodes work on one copy, and no
/// region waits for another's.
final class TurnWatch {
    private static final List<Work.Action> COPIES =
            List.of(Work.Action.CopyImage, Work.Action.CopySnapshot);

    private final Durable durable;
    private final TaskWatch tasks;
    private long claims;

    TurnWatch(Durable durable, TaskWatch tasks) {
        this.durable = durable;
        this.tasks = tasks;
    }

    private record Part(SnapshotId snapshot, int number) {}

    /// Carries what was found out of a transaction that must leave nothing.
    private static final class Found extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Set<Part> parts;

        Found(Set<Part> parts) {
            super("nothing is to stay", null, false, false);
            this.parts = parts;
        }
    }

    @FunctionalInterface
    interface Look {
        boolean forWork() throws InterruptedException;
    }

    /// Somebody has claimed a part.
    void claimed() {
        claims++;
    }

    /// @return whether there was something to do
    boolean watched(Region region, Look look) throws InterruptedException {
        long before = claims;
        Set<Part> free = free(region);
        boolean found = look.forWork();
        if (!found && claims == before && !free.isEmpty()) {
            free.retainAll(free(region));
            Rules.TURNS.require(
                    free.isEmpty() || claims != before,
                    "nobody took " + free + ", though a worker of " + region.id() + " looked");
        }
        return found;
    }

    /// Parts that could be claimed now.
    private Set<Part> free(Region region) {
        boolean copies =
                tasks.open().stream()
                        .anyMatch(task ->
                                task.region().equals(region.id())
                                        && COPIES.contains(task.work().action()));
        if (!copies || region.health().trouble().isPresent()) {
            return Set.of();
        }
        try {
            throw durable.catalog()
                    .<Found>write(tables -> {
                        throw new Found(free(tables, region));
                    });
        } catch (Found found) {
            return found.parts;
        }
    }

    private static Set<Part> free(Tables tables, Region region) {
        Set<Part> free = new HashSet<>();
        for (Work.Action action : COPIES) {
            for (Task task : tables.tasks().running(region.id(), action)) {
                Optional<Claims.PartClaim> next = claim(tables, task);
                while (next.isPresent()) {
                    free.add(new Part(next.get().snapshot(), next.get().number()));
                    next = claim(tables, task);
                }
            }
        }
        return free;
    }

    private static Optional<Claims.PartClaim> claim(Tables tables, Task task) {
        return tables.claims().claimPart(task.id(), "nobody", tables.now().plusSeconds(1));
    }
}
