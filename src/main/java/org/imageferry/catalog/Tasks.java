package org.imageferry.catalog;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// The tasks and their queues. No two running tasks of one region and action hold the same slot: the
/// table refuses that whatever its caller believes. An account's open copies of one image or snapshot
/// into one region
/// are unique in the same way.
public interface Tasks {
    /// What is empty does not filter.
    ///
    /// @param resources ids of the images and snapshots that tasks are about
    /// @param statuses of `Finished`, `Processing`, `Failed`, `Waiting`, `Cancelled`
    record Query(
            AccountId account,
            Optional<RegionId> region,
            Set<TaskId> ids,
            Set<Work.Action> actions,
            Set<Status> statuses,
            Set<String> resources,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo) {}

    enum Status {
        Waiting,
        Processing,
        Finished,
        Failed,
        Cancelled
    }

    /// @param reads snapshots that must stay until the task ends
    void insert(Task task, List<SnapshotId> reads);

    Optional<Task> find(TaskId id);

    /// Writes the task's state and progress; an end releases what it reads, removes its claims and its
    /// parts still to do, is one of the [Events], and is entered for the [Webhooks] that want it.
    void update(Task task);

    /// Adds to the progress: `done`, `moved` and `stored` grow by those of `more`, and its `total`,
    /// if not 0, becomes the total.
    void addProgress(TaskId id, Progress more);

    /// The task, open or ended, that brought this image.
    default Optional<Task> bringing(ImageId image) {
        return Optional.ofNullable(bringing(List.of(image)).get(image));
    }

    /// The tasks, open or ended, that brought those of the images that a task brought.
    Map<ImageId, Task> bringing(Collection<ImageId> images);

    /// The open task that brings this snapshot, alone or with an image.
    Optional<Task> bringing(SnapshotId snapshot);

    /// Open tasks that read this image, of any region.
    List<Task> reading(ImageId source);

    /// Whether the account has an open copy of `source` into `destination`.
    boolean copying(AccountId account, ImageId source, RegionId destination);

    /// The open copy of `source` into `destination`, if there is one.
    Optional<Task> copying(SnapshotId source, RegionId destination);

    /// Slots held in this region by running tasks of this action.
    Set<Integer> slots(RegionId region, Work.Action action);

    /// Who goes next: of the accounts that wait, the one that was served longest ago, and of its
    /// tasks the one with the lowest ticket.
    Optional<Task> next(RegionId region, Work.Action action);

    /// Open tasks, running first, then in the order of their tickets.
    List<Task> queue(RegionId region, int limit);

    /// Running tasks of this action in this region, by ticket.
    List<Task> running(RegionId region, Work.Action action);

    /// Running tasks that have made no progress since `instant`: neither started nor dealt with a byte.
    List<Task> stalled(RegionId region, Instant instant);

    /// Newest first, then by id.
    Page<Task> list(Query query, int offset, int limit);

    /// How many tasks of an action are in a region's queue.
    ///
    /// @param oldest when the one of those that wait was accepted which waits longest
    record Load(
            RegionId region,
            Work.Action action,
            long waiting,
            long running,
            Optional<Instant> oldest) {}

    /// Of all regions and actions of which any task is open.
    List<Load> loads();

    /// How many tasks an account has in a region's queue.
    record Open(long waiting, long running) {}

    Open open(AccountId account, RegionId region);

    /// Running tasks of all regions; at most `limit`.
    List<Task> running(int limit);

    /// Tasks that ended at `from` or later, of all regions, in the order in which they ended, then by id; at
    /// most `limit`.
    List<Task> ended(Instant from, int limit);

    /// Removes tasks that ended before `instant`, at most `limit` of them, and their [Events].
    void forget(Instant instant, int limit);
}
