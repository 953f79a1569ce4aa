package org.imageferry.ecs.action;

import java.util.List;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells of one snapshot, in whatever region, what DescribeSnapshots has no field for: what its disk
/// consists of, what is wrong with it, until when it is kept, and which images are made of it.
final class DescribeSnapshotDetail implements Action {
    private static final int MOST_IMAGES = 1_000;

    private final Catalog catalog;

    DescribeSnapshotDetail(Engine engine) {
        this.catalog = engine.catalog();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeSnapshotDetail";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        SnapshotId id = SnapshotAsked.id(request.parameters());
        AccountId account = request.caller().account();
        return new Prepared(
                Touched.snapshot(id), () -> catalog.read(tables -> read(tables, account, id)));
    }

    private static ObjectNode read(Tables tables, AccountId account, SnapshotId id) {
        Snapshot snapshot =
                tables.snapshots()
                        .find(id)
                        .filter(it -> it.account().equals(account))
                        .orElseThrow(() -> new RefusedException(new Refusal.UnknownSnapshot(id)));
        ObjectNode tree = Trees.tree();
        SnapshotTree.write(tree, tables, snapshot);
        List<Parts.Numbered> parts = tables.parts().of(id);
        tree.put("Bytes", snapshot.bytes());
        tree.put("Digest", snapshot.digest().map(Digest::toString).orElse(""));
        tree.put("Damage", snapshot.damage().orElse(""));
        tree.put("Parts", parts.size());
        tree.put("ContentBytes", parts.stream().mapToLong(it -> it.part().contentBytes()).sum());
        tree.put("ImageCreationAllowed", snapshot.attributes().makesImages());
        tree.put("ExpirationTime", snapshot.expires().map(Times::seconds).orElse(""));
        ArrayNode images = Trees.list(tree, "Images", "Image");
        tables.images().madeOf(id, MOST_IMAGES).forEach(image -> write(images.addObject(), image));
        return tree;
    }

    private static void write(ObjectNode tree, Image image) {
        tree.put("ImageId", image.id().value());
        tree.put("ImageName", image.name().value());
    }
}
