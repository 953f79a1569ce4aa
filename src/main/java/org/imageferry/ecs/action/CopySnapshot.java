package org.imageferry.ecs.action;

import java.util.List;
import org.imageferry.copy.SnapshotCopies;
import org.imageferry.copy.SnapshotCopyRequest;
import org.imageferry.domain.Description;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Copies a snapshot to another region. Source: ECS API 2014-05-26, CopySnapshot, whose table calls
/// name and description required and says in the next column that they are empty by default: they may
/// be left out.
final class CopySnapshot implements Action {
    private final SnapshotCopies copies;

    CopySnapshot(Engine engine) {
        this.copies = engine.snapshotCopies();
    }

    @Override
    public String name() {
        return "CopySnapshot";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        SnapshotCopyRequest asked = read(request.parameters());
        return new Prepared(
                List.of(Touched.snapshot(asked.source()), Touched.snapshots(asked.destination())),
                () -> Trees.tree().put("SnapshotId", copies.copy(request.caller(), asked).value()));
    }

    private static SnapshotCopyRequest read(Parameters parameters) {
        RegionId destination = new RegionId(parameters.require("DestinationRegionId"));
        return new SnapshotCopyRequest(
                SnapshotAsked.id(parameters),
                new RegionId(parameters.require("RegionId")),
                destination,
                SnapshotAsked.name(parameters, "DestinationSnapshotName")
                        .map(SnapshotName::value)
                        .orElse(""),
                new Description(parameters.text("DestinationSnapshotDescription")),
                SnapshotAsked.retentionDays(parameters),
                Asked.wantedGroup(parameters),
                Asked.tags(parameters),
                parameters.flag("Encrypted"),
                parameters.find("KMSKeyId"),
                Asked.token(parameters));
    }
}
