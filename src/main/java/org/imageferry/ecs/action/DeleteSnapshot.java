package org.imageferry.ecs.action;

import org.imageferry.copy.Deletions;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Deletes a snapshot, wherever it is: the page knows no RegionId. `Force` is about disks of
/// instances, and there are none. Source: ECS API 2014-05-26, DeleteSnapshot.
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
        SnapshotId id = new SnapshotId(request.parameters().require("SnapshotId"));
        return new Prepared(
                Touched.snapshot(id),
                () -> {
                    deletions.deleteSnapshot(request.caller(), id);
                    return Trees.tree();
                });
    }
}
