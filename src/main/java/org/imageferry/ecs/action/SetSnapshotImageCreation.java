package org.imageferry.ecs.action;

import org.imageferry.copy.SnapshotChange;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Says whether images may be made of a snapshot, and images copied that are made of it. ECS decides
/// that by the disk that the snapshot was taken of; here the owner says so.
final class SetSnapshotImageCreation implements Action {
    private static final String ALLOWED = "Allowed";

    private final SnapshotChanges changes;

    SetSnapshotImageCreation(Engine engine) {
        this.changes = engine.snapshotChanges();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "SetSnapshotImageCreation";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        SnapshotId id = SnapshotAsked.id(request.parameters());
        boolean allowed =
                request.parameters()
                        .flag(ALLOWED)
                        .orElseThrow(() -> new EcsException(CommonErrors.missing(ALLOWED)));
        return new Prepared(
                Touched.snapshot(id),
                () -> {
                    changes.change(request.caller(), id, SnapshotChange.makesImages(allowed));
                    return Trees.tree();
                });
    }
}
