package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.Digest;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;

/// The right to do a piece of a task's work, for a limited time: one part of a snapshot, or all of a
/// task that has no parts.
///
/// Claims are numbered upwards and never reused, so the number is the epoch that fences a late node:
/// what it commits under a claim that is gone is refused.
public interface Claims {
    /// The right to bring one part of a snapshot.
    ///
    /// @param attempts how often it was tried before
    /// @param name what the part will be called in its scope, if that is known beforehand
    /// @param bytes of content that the part is expected to hold
    record PartClaim(
            long claim,
            TaskId task,
            SnapshotId snapshot,
            int number,
            int attempts,
            Optional<Digest> name,
            long bytes) {}

    /// A part to be done.
    ///
    /// @param name what the part will be called in its scope, if that is known beforehand: so it is
    ///     found if the scope has it already
    /// @param bytes of content that it is expected to hold; 0 if that is not known
    record Offer(int number, Optional<Digest> name, long bytes) {}

    /// Puts parts of a snapshot up for claiming.
    void offer(TaskId task, SnapshotId snapshot, List<Offer> parts);

    /// Claims the first part of the task that nobody holds and whose time to be tried has come.
    Optional<PartClaim> claimPart(TaskId task, String node, Instant until);

    /// Claims the task as a whole, unless somebody holds a claim on it.
    Optional<Long> claimTask(TaskId task, String node, Instant until);

    /// Whether the claim is still its holder's; everything a holder commits asks this first.
    boolean holds(long claim);

    /// Which of these claims are still their holders'.
    Set<Long> held(Set<Long> claims);

    /// Keeps the claim until then, if it is still held.
    ///
    /// @param done bytes of the claimed piece that are dealt with so far. The task's progress grows
    ///     by what is more than was ever reported for the piece, so that a second try counts nothing
    ///     twice and progress never goes back
    /// @return whether it is still held
    boolean renew(long claim, Instant until, long done);

    /// Ends the claim, its piece done: a part is not offered again, and counts in full.
    void done(long claim);

    /// Ends the claim on a part, the part undone: nobody takes it up before `notBefore`.
    ///
    /// @param failed whether it counts as one attempt more
    void giveBack(long claim, Instant notBefore, boolean failed);

    /// Ends the claims whose time is over. What they had not committed is garbage.
    void expire();

    /// Ends the claims of a node that is known to be gone.
    void expire(String node);

    /// Whether each part of the task that was offered is done.
    boolean allDone(TaskId task);

    /// Bytes of the task's progress that were dealt with in pieces which are not done: whether they
    /// are new to the destination is known once they are.
    long unfinishedBytes(TaskId task);
}
