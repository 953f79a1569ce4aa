package org.imageferry.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;

/// The parts of disks that a region holds, and which snapshots are made of them.
///
/// This is where liveness is kept: a part needs its objects (its manifest and the segments of its
/// blocks), and an object that a part needs is never condemned. So as long as a snapshot has a part,
/// all of the part's bytes are there.
public interface Parts {
    /// A part of a scope; equal parts of any snapshots in it are one.
    ///
    /// @param id the catalog's own
    /// @param manifest the object that lists the part's blocks
    /// @param contentBytes the sum of its blocks' lengths
    record Part(long id, Scope scope, Digest digest, ObjectId manifest, long contentBytes) {}

    /// Not one that ails: see [Damage].
    Optional<Part> find(Scope scope, Digest digest);

    /// Also one that ails.
    Optional<Part> any(Scope scope, Digest digest);

    /// Adds a part that needs these objects, its manifest among them.
    ///
    /// @return the part, also when it was there before (then it keeps the objects it has, unless it
    ///     ailed: then it is renewed); nothing if one of the objects is not live or is lost: the caller
    ///     plans again
    Optional<Part> add(
            Scope scope,
            Digest digest,
            ObjectId manifest,
            long contentBytes,
            Collection<ObjectId> needs);

    /// Gives a part another manifest, and other objects that it needs, in place of all it had. It ails
    /// no more.
    ///
    /// @return nothing, and nothing is changed, if the part is gone, or one of the objects is not live
    ///     or is lost
    Optional<Part> renew(Part part, ObjectId manifest, Collection<ObjectId> needs);

    /// Makes `part` the snapshot's part of this number.
    void attach(SnapshotId snapshot, int number, Part part);

    /// Looks at up to `limit` parts on offer. Where the scope holds a part of that name already which does not
    /// ail, attaches it and takes it off the offer, counted as done in the task's progress.
    ///
    /// @param from where to begin: 0 for the first on offer, or what was returned before
    /// @return where to go on; nothing if there is no more on offer
    OptionalLong attachKnown(TaskId task, Scope scope, long from, int limit);

    Optional<Part> of(SnapshotId snapshot, int number);

    /// All that the snapshot has so far, by number.
    List<Numbered> of(SnapshotId snapshot);

    record Numbered(int number, Part part) {}

    /// The snapshots that have this very part; none once it is gone.
    List<SnapshotId> having(Part part);

    /// The part that most likely shares blocks with part `number` of a disk of this length: the one of
    /// the same number in the newest snapshot of the scope, of the same length if there is one.
    Optional<Part> nearest(Scope scope, int number, long diskBytes);

    /// All objects that the part needs.
    List<ObjectId> needs(Part part);

    /// What the objects that an image's parts need weigh in the store.
    ///
    /// An object counts once and whole, however few of its blocks the image has. It is shared if a part
    /// of another snapshot needs it too, or if its own snapshot is a disk of another image as well: it
    /// stays when the image goes. The rest is what deleting the image and its snapshots would free.
    ///
    /// @param bytes of all these objects
    /// @param sharedBytes of those that are shared
    record Stored(long bytes, long sharedBytes) {
        public long ownBytes() {
            return bytes - sharedBytes;
        }
    }

    /// Costs a few look-ups for each object that each part of the image needs.
    ///
    /// @param most so many of these: an image that has more is not counted
    Optional<Stored> stored(ImageId image, int most);

    /// Removes up to `limit` parts that no snapshot has. Their objects may become garbage by that.
    ///
    /// @return how many
    int removeUnattached(RegionId region, int limit);
}
