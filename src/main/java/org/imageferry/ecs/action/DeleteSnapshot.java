package org.imageferry.ecs.action;

import org.imageferry.copy.Deletions;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.SnapshotErrors;
import org.imageferry.ecs.Touched;

/// Deletes a snapshot, wherever it is: the page knows no RegionId. `Force` is about disks of
/// instances, and there are none. One that the caller has deleted before is no error: the page says
/// that such a request is ignored. Source: ECS API 2014-05-26, DeleteSnapshot.
final class DeleteSnapshot implements Action {
    private final Deletions deletions;

    DeleteSnapshot(Engine engine) {
        this.deletions = engine.deletions();
    }

    @Override
    public String name() {
        return "DeleteSnapshot";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        SnapshotId id = SnapshotAsked.id(request.parameters());
        return new Prepared(
                Touched.snapshot(id),
                () -> {
                    deletions.deleteSnapshot(request.caller(), id);
                    return Trees.tree();
                });
    }

    /// This page has words of its own for it.
    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().equals(SnapshotErrors.UNKNOWN_SNAPSHOT.code())
                ? error.saying("The specified snapshot is not found")
                : error;
    }
}
