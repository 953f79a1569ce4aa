package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.copy.SnapshotChange;
import org.imageferry.copy.SnapshotChanges;
import org.imageferry.domain.Description;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.ImageErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.SnapshotErrors;
import org.imageferry.ecs.Touched;

/// Changes what is said of a snapshot: name, description, and how long it is kept. The page knows no
/// RegionId. An empty Description clears it; instant access, which is about disks of instances, is
/// accepted and means nothing. Source: ECS API 2014-05-26, ModifySnapshotAttribute.
final class ModifySnapshotAttribute implements Action {
    private static final int NOT_FOUND = 404;

    private final SnapshotChanges changes;

    ModifySnapshotAttribute(Engine engine) {
        this.changes = engine.snapshotChanges();
    }

    @Override
    public String name() {
        return "ModifySnapshotAttribute";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        SnapshotId id = SnapshotAsked.id(request.parameters());
        SnapshotChange change = read(request.parameters());
        return new Prepared(
                Touched.snapshot(id),
                () -> {
                    changes.change(request.caller(), id, change);
                    return Trees.tree();
                });
    }

    private static SnapshotChange read(Parameters parameters) {
        SnapshotChange change =
                new SnapshotChange(
                        SnapshotAsked.name(parameters, "SnapshotName"),
                        Optional.ofNullable(parameters.all().get("Description"))
                                .map(Description::new),
                        SnapshotAsked.retentionDays(parameters),
                        Optional.empty());
        if (change.empty() && parameters.find("DisableInstantAccess").isEmpty()) {
            throw new EcsException(SnapshotErrors.NO_ATTRIBUTE);
        }
        return change;
    }

    /// The page gives a malformed description another status than others do.
    @Override
    public EcsError error(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().equals(ImageErrors.DESCRIPTION.code())
                ? new EcsError(NOT_FOUND, error.code(), error.message(), error.advice())
                : error;
    }
}
