package org.imageferry.domain;

import java.time.Instant;
import java.util.Optional;

/// A piece of work that goes on after the request for it was answered: a copy, an import, an export
/// or a verification.
///
/// @param region where its queue is: the destination of a copy, else the region of the image
/// @param image the image it brings or reads, if there is one; its row may be gone when the task was
///     cancelled. A copy of a snapshot has none
/// @param ticket its place in the queue of its region and action; lower goes first
public record Task(
        TaskId id,
        AccountId account,
        RegionId region,
        Optional<ImageId> image,
        Work work,
        TaskState state,
        long ticket,
        Instant created,
        Progress progress) {

    /// The image of a task that can't be without one.
    public ImageId itsImage() {
        return image.orElseThrow(() -> new IllegalStateException("task " + id + " has no image"));
    }

    /// The snapshot that it brings, if that is all it brings.
    public Optional<SnapshotId> snapshot() {
        return work instanceof Work.CopySnapshot copy
                ? Optional.of(copy.snapshot())
                : Optional.empty();
    }

    /// The id of the image or the snapshot that it is about; empty for a verification of a region.
    public String resource() {
        return image.map(ImageId::value).or(() -> snapshot().map(SnapshotId::value)).orElse("");
    }

    public boolean open() {
        return state instanceof TaskState.Open;
    }

    public Task start(Instant now, int slot) {
        if (!(state instanceof TaskState.Waiting)) {
            throw new IllegalStateException("task " + id + " can't start: it is " + state);
        }
        return with(new TaskState.Running(now, slot));
    }

    /// @throws IllegalStateException if it ended before: an end is for good
    public Task end(TaskState.Ended end) {
        if (!open()) {
            throw new IllegalStateException("task " + id + " can't end again: it is " + state);
        }
        return with(end);
    }

    public Task with(Progress next) {
        return new Task(id, account, region, image, work, state, ticket, created, next);
    }

    private Task with(TaskState next) {
        return new Task(id, account, region, image, work, next, ticket, created, progress);
    }
}
