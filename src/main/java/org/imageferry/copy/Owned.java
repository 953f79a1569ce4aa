package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;

/// Finds what an account owns. What others own does not exist for it.
final class Owned {
    private Owned() {}

    static Image image(Tables tables, AccountId account, RegionId region, ImageId id) {
        return tables.images()
                .find(id)
                .filter(image -> image.account().equals(account) && image.region().equals(region))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownImage(id)));
    }

    /// The group that was asked for, or the account's default group.
    ///
    /// @throws RefusedException `UnknownResourceGroup` if the account has no such group
    static ResourceGroupId group(
            Tables tables, AccountId account, Optional<ResourceGroupId> asked) {
        ResourceGroupId id = asked.orElse(ResourceGroupId.standard(account));
        boolean own =
                id.equals(ResourceGroupId.standard(account))
                        || tables.groups()
                                .find(id)
                                .filter(group -> group.account().equals(account))
                                .isPresent();
        if (!own) {
            throw new RefusedException(new Refusal.UnknownResourceGroup(id));
        }
        return id;
    }

    static Snapshot snapshot(Tables tables, AccountId account, SnapshotId id) {
        return tables.snapshots()
                .find(id)
                .filter(snapshot -> snapshot.account().equals(account))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownSnapshot(id)));
    }

    /// @return the group's id, if it is the account's: its default group or one that it made
    static ResourceGroupId group(Tables tables, AccountId account, ResourceGroupId id) {
        boolean theirs =
                id.equals(ResourceGroupId.standard(account))
                        || tables.groups()
                                .find(id)
                                .filter(group -> group.account().equals(account))
                                .isPresent();
        if (!theirs) {
            throw new RefusedException(new Refusal.UnknownResourceGroup(id));
        }
        return id;
    }

    /// The snapshot, if all its bytes are there and nothing is known to be wrong with them.
    ///
    /// @throws RefusedException `NotReady` or `Damaged`
    static Snapshot sound(Snapshot snapshot) {
        if (!snapshot.accomplished()) {
            throw new RefusedException(new Refusal.OfSnapshot.NotReady(snapshot.id()));
        }
        snapshot.damage()
                .ifPresent(damage -> {
                    throw new RefusedException(
                            new Refusal.OfSnapshot.Damaged(snapshot.id(), damage));
                });
        return snapshot;
    }

    static Task task(Tables tables, AccountId account, TaskId id) {
        return tables.tasks()
                .find(id)
                .filter(task -> task.account().equals(account))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownTask(id)));
    }
}
