package org.imageferry.ecs.action;

import org.imageferry.copy.Deletions;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import tools.jackson.databind.node.ObjectNode;

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
    public ObjectNode answer(ActionRequest request) {
        String id = request.parameters().require("SnapshotId");
        deletions.deleteSnapshot(request.caller(), new SnapshotId(id));
        return Trees.tree();
    }
}
