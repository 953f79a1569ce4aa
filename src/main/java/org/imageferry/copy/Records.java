package org.imageferry.copy;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the records by which a store describes itself: what the catalog knows of the images and
/// snapshots whose bytes are there. `docs/design/format.md` has their form.
final class Records {
    /// Far more than an image is ever shared with.
    private static final int MOST_ACCOUNTS = 100_000;

    private static final JsonMapper JSON = new JsonMapper();

    /// The image is whole, or was changed.
    void changed(Tables tables, Image image) {
        ObjectNode record = subject("image", image.id().value(), image.revision());
        record.put("account", image.account().value());
        record.put("name", image.name().value());
        record.put("description", image.description().value());
        record.put("created", image.created().toString());
        record.put("architecture", image.platform().architecture());
        record.put("osType", image.platform().osType());
        record.put("platform", image.platform().platform());
        record.put("bootMode", image.platform().bootMode());
        switch (image.origin()) {
            case org.imageferry.domain.Origin.Imported _ -> record.put("origin", "imported");
            case org.imageferry.domain.Origin.Created _ -> record.put("origin", "created");
            case org.imageferry.domain.Origin.Copied copied -> {
                record.put("origin", "copied");
                record.put("sourceImage", copied.source().value());
                record.put("sourceRegion", copied.sourceRegion().value());
            }
        }
        ObjectNode tags = record.putObject("tags");
        image.tags().all().forEach(tags::put);
        putAttributes(record, image);
        putViewers(record, tables, image);
        ArrayNode disks = record.putArray("disks");
        image.disks().forEach(disk -> disks.add(disk.snapshot().value()));
        tables.outbox().add(image.region(), image.id().value(), record.toString());
    }

    private static void putAttributes(ObjectNode record, Image image) {
        ImageAttributes attributes = image.attributes();
        record.put("deprecated", image.state() instanceof ImageState.Deprecated);
        attributes.family().ifPresent(family -> record.put("family", family.value()));
        record.put("nvmeSupport", attributes.features().nvmeSupport());
        record.put("imdsSupport", attributes.features().imdsSupport());
        record.put("licenseType", attributes.features().licenseType());
        record.put("resourceGroup", attributes.group().value());
        record.put("public", attributes.isPublic());
    }

    /// In the order of their ids, so that equal images have equal records.
    private static void putViewers(ObjectNode record, Tables tables, Image image) {
        ArrayNode shared = record.putArray("sharedWith");
        tables.shares().accounts(image.id(), 0, MOST_ACCOUNTS).items().stream()
                .map(share -> share.account().value())
                .sorted()
                .forEach(shared::add);
        ArrayNode published = record.putArray("publishedIn");
        tables.shares().published(image.id()).stream()
                .map(RegionId::value)
                .sorted()
                .forEach(published::add);
    }

    void deleted(Tables tables, Image image) {
        ObjectNode record = subject("image", image.id().value(), image.revision() + 1);
        record.put("deleted", true);
        tables.outbox().add(image.region(), image.id().value(), record.toString());
    }

    /// The snapshot has all its parts, or was changed since.
    void changed(Tables tables, Snapshot snapshot) {
        ObjectNode record = subject("snapshot", snapshot.id().value(), snapshot.revision());
        record.put("account", snapshot.account().value());
        record.put("name", snapshot.name());
        record.put("created", snapshot.created().toString());
        record.put("bytes", snapshot.bytes());
        record.put("digest", snapshot.digest().orElseThrow().toString());
        snapshot.source()
                .ifPresent(source -> {
                    record.put("sourceSnapshot", source.snapshot().value());
                    record.put("sourceRegion", source.region().value());
                });
        ArrayNode parts = record.putArray("parts");
        for (var numbered : tables.parts().of(snapshot.id())) {
            ObjectNode part = parts.addObject();
            part.put("digest", numbered.part().digest().toString());
            part.put("manifest", numbered.part().manifest().toString());
        }
        add(tables, snapshot, record);
    }

    void deleted(Tables tables, Snapshot snapshot) {
        ObjectNode record = subject("snapshot", snapshot.id().value(), snapshot.revision() + 1);
        record.put("deleted", true);
        add(tables, snapshot, record);
    }

    private static void add(Tables tables, Snapshot snapshot, ObjectNode record) {
        SnapshotId id = snapshot.id();
        tables.outbox().add(snapshot.region(), id.value(), record.toString());
    }

    private static ObjectNode subject(String kind, String id, long revision) {
        ObjectNode record = JSON.createObjectNode();
        record.put("kind", kind);
        record.put("id", id);
        record.put("revision", revision);
        return record;
    }
}
