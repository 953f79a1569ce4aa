package org.imageferry.copy;

import java.time.Instant;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.imageferry.catalog.Claims;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Outbox;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Regions;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.catalog.Tokens;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.jspecify.annotations.Nullable;

/// The bugs behind [Mutation], as tables that do not do what they are told.
final class Bugs {
    private static final int MANY = 1_000;

    private Bugs() {}

    private static <T> UnaryOperator<Tables> in(Class<T> table, Twisted.Twist<T> twist) {
        return tables -> Twisted.tables(tables, table, twist);
    }

    private static UnaryOperator<Tables> both(
            UnaryOperator<Tables> one, UnaryOperator<Tables> other) {
        return tables -> other.apply(one.apply(tables));
    }

    static UnaryOperator<Tables> imagesStay() {
        return in(Images.class, (_, _, call) -> call.is("delete") ? null : call.go());
    }

    static UnaryOperator<Tables> unfinishedSnapshotsStay() {
        return in(
                Snapshots.class,
                (_, snapshots, call) ->
                        call.is("delete")
                                        && snapshots
                                                .find(call.argument(0, SnapshotId.class))
                                                .filter(Snapshot::accomplished)
                                                .isEmpty()
                                ? null
                                : call.go());
    }

    static UnaryOperator<Tables> endedTasksKeepTheirClaims() {
        Map<Long, TaskId> claimed = new HashMap<>();
        return in(
                Claims.class,
                (tables, _, call) -> {
                    Object answer = call.go();
                    claimed.putAll(claimIn(answer));
                    boolean asksIfHeld = call.is("holds") || call.is("renew");
                    return asksIfHeld
                                    && Optional.ofNullable(
                                                    claimed.get(call.argument(0, Long.class)))
                                            .flatMap(tables.tasks()::find)
                                            .filter(task -> !task.open())
                                            .isPresent()
                            ? true
                            : answer;
                });
    }

    private static Map<Long, TaskId> claimIn(@Nullable Object answer) {
        return partClaim(answer)
                .map(claim -> Map.of(claim.claim(), claim.task()))
                .orElseGet(Map::of);
    }

    static UnaryOperator<Tables> everyClaimIsHeld() {
        return in(Claims.class, (_, _, call) -> call.is("holds") ? true : call.go());
    }

    static UnaryOperator<Tables> aNeedIsForgotten() {
        return in(
                Parts.class,
                (_, _, call) -> {
                    if (!call.is("add")) {
                        return call.go();
                    }
                    List<Object> needs = new ArrayList<>();
                    for (Object need : call.argument(4, Collection.class)) {
                        needs.add(need);
                    }
                    ObjectId manifest = call.argument(2, ObjectId.class);
                    needs.stream()
                            .filter(need -> !need.equals(manifest))
                            .findFirst()
                            .ifPresent(needs::remove);
                    return call.with(4, needs);
                });
    }

    static UnaryOperator<Tables> nothingIsUndone() {
        return in(Claims.class, (_, _, call) -> call.is("allDone") ? true : call.go());
    }

    static UnaryOperator<Tables> recoveryEndsParts() {
        Map<Long, TaskId> claimed = new HashMap<>();
        return in(
                Claims.class,
                (_, claims, call) -> {
                    if (isRecovery(call)) {
                        claimed.keySet().forEach(claims::done);
                    }
                    Object answer = call.go();
                    claimed.putAll(claimIn(answer));
                    return answer;
                });
    }

    static UnaryOperator<Tables> recoveryOffersAgain() {
        Map<Long, Claims.PartClaim> claimed = new HashMap<>();
        List<Claims.PartClaim> done = new ArrayList<>();
        return in(
                Claims.class,
                (tables, claims, call) -> {
                    Object answer = call.go();
                    partClaim(answer).ifPresent(claim -> claimed.put(claim.claim(), claim));
                    if (call.is("done")) {
                        Optional.ofNullable(claimed.get(call.argument(0, Long.class)))
                                .ifPresent(done::add);
                    }
                    if (isRecovery(call)) {
                        done.forEach(claim -> offerAgain(tables, claims, claim));
                        done.clear();
                    }
                    return answer;
                });
    }

    private static boolean isRecovery(Twisted.Call call) {
        return call.is("expire") && !call.arguments().isEmpty();
    }

    private static void offerAgain(Tables tables, Claims claims, Claims.PartClaim part) {
        if (tables.tasks().find(part.task()).filter(Task::open).isPresent()) {
            claims.offer(
                    part.task(),
                    part.snapshot(),
                    List.of(new Claims.Offer(part.number(), part.name(), part.bytes())));
        }
    }

    private static Optional<Claims.PartClaim> partClaim(@Nullable Object answer) {
        return (answer instanceof Optional<?> found ? found : Optional.empty())
                .filter(Claims.PartClaim.class::isInstance)
                .map(Claims.PartClaim.class::cast);
    }

    static UnaryOperator<Tables> objectsAreNobodys() {
        return in(
                StoredObjects.class,
                (_, _, call) -> call.is("reserve") ? call.with(0, 0L) : call.go());
    }

    static UnaryOperator<Tables> liveObjectsAreDue() {
        return in(
                StoredObjects.class,
                (_, objects, call) -> {
                    if (call.is("condemned")) {
                        return objects.live(
                                call.argument(0, RegionId.class), Optional.empty(), MANY);
                    }
                    return call.is("remove") ? null : call.go();
                });
    }

    static UnaryOperator<Tables> endedTasksLookRunning() {
        return both(
                in(
                        Claims.class,
                        (_, _, call) -> call.is("renew") || call.is("holds") ? true : call.go()),
                in(
                        Tasks.class,
                        (_, _, call) -> call.is("find") ? asIfRunning(call.go()) : call.go()));
    }

    private static Optional<Task> asIfRunning(@Nullable Object found) {
        return (found instanceof Optional<?> task ? task : Optional.empty())
                .map(Task.class::cast)
                .map(task ->
                        new Task(
                                task.id(),
                                task.account(),
                                task.region(),
                                task.image(),
                                task.work(),
                                task.state() instanceof TaskState.Done
                                        ? new TaskState.Running(Instant.EPOCH, 0)
                                        : task.state(),
                                task.ticket(),
                                task.created(),
                                task.progress()));
    }

    static UnaryOperator<Tables> doneCountsTwice() {
        Map<Long, Claims.PartClaim> claimed = new HashMap<>();
        return in(
                Claims.class,
                (tables, _, call) -> {
                    Object answer = call.go();
                    partClaim(answer).ifPresent(claim -> claimed.put(claim.claim(), claim));
                    if (call.is("done")) {
                        Optional.ofNullable(claimed.get(call.argument(0, Long.class)))
                                .ifPresent(claim ->
                                        tables.tasks()
                                                .addProgress(
                                                        claim.task(),
                                                        new Progress(0, claim.bytes(), 0, 0)));
                    }
                    return answer;
                });
    }

    static UnaryOperator<Tables> slotsLookFree() {
        return in(
                Tasks.class,
                (_, _, call) -> call.is("slots") ? few((Set<?>) call.go()) : call.go());
    }

    /// A set that knows what is in it, but not how much.
    private static Set<Object> few(@Nullable Set<?> real) {
        return new AbstractSet<>() {
            @Override
            public boolean contains(@Nullable Object slot) {
                return real != null && real.contains(slot);
            }

            @Override
            public Iterator<Object> iterator() {
                return List.of().iterator();
            }

            @Override
            public int size() {
                return 0;
            }
        };
    }

    static UnaryOperator<Tables> turnsAreForgotten() {
        return in(Regions.class, (_, _, call) -> call.is("served") ? null : call.go());
    }

    static UnaryOperator<Tables> lastGoesFirst() {
        return in(
                Tasks.class,
                (_, tasks, call) ->
                        call.is("next")
                                ? tasks.queue(call.argument(0, RegionId.class), MANY).stream()
                                        .filter(task -> task.state() instanceof TaskState.Waiting)
                                        .filter(task ->
                                                task.work().action()
                                                        == call.argument(1, Work.Action.class))
                                        .reduce((_, later) -> later)
                                : call.go());
    }

    static UnaryOperator<Tables> answersAreForgotten() {
        return in(
                Tokens.class,
                (_, _, call) ->
                        switch (call.name()) {
                            case "answer" -> Optional.empty();
                            case "remember" -> null;
                            default -> call.go();
                        });
    }

    static UnaryOperator<Tables> nobodyNeedsWhatWasBrought() {
        UnaryOperator<Tables> others =
                in(Damage.class, (_, _, call) -> call.is("needToo") ? true : call.go());
        UnaryOperator<Tables> itself =
                in(
                        Compaction.class,
                        (_, _, call) ->
                                call.is("needInstead") && call.argument(1, Set.class).isEmpty()
                                        ? null
                                        : call.go());
        return tables -> itself.apply(others.apply(tables));
    }

    static UnaryOperator<Tables> badBlocksAreOverlooked() {
        return in(Damage.class, (_, _, call) -> call.is("bad") ? false : call.go());
    }

    static UnaryOperator<Tables> deletionsAreNotTold() {
        return in(
                Outbox.class,
                (_, _, call) ->
                        call.is("add") && call.argument(2, String.class).contains("\"deleted\"")
                                ? null
                                : call.go());
    }

    static UnaryOperator<Tables> whatComesInsteadIsForgotten() {
        return in(
                Compaction.class,
                (_, _, call) -> call.is("needInstead") ? call.with(2, Set.of()) : call.go());
    }

    static UnaryOperator<Tables> blocksDoNotMove() {
        return in(Compaction.class, (_, _, call) -> call.is("moved") ? null : call.go());
    }

    /// Who needs segments is looked at once, and then these are nobody's.
    static UnaryOperator<Tables> whoComesLateIsOverlooked() {
        Map<ObjectId, Object> users = new HashMap<>();
        return in(
                Compaction.class,
                (_, compaction, call) -> {
                    switch (call.name()) {
                        case "suspects" -> users.clear();
                        case "needInstead" -> takeFromAll(compaction, call.argument(1, Set.class));
                        default -> {
                            // as it is
                        }
                    }
                    Object answer = call.go();
                    if (!call.is("users")) {
                        return answer;
                    }
                    ObjectId segment = call.argument(0, ObjectId.class);
                    users.putIfAbsent(segment, Objects.requireNonNull(answer));
                    return users.get(segment);
                });
    }

    private static void takeFromAll(Compaction compaction, Set<?> segments) {
        for (Object segment : segments) {
            ObjectId id = (ObjectId) segment;
            compaction
                    .users(id, MANY)
                    .forEach(part -> compaction.needInstead(part, Set.of(id), Set.of()));
        }
    }
}
