package org.imageferry.records;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the records by which a store describes itself: what the catalog knows of the images and
/// snapshots whose bytes are there. `docs/design/format.md` has their form.
public final class Records {
    /// Far more than an image is ever shared with.
    private static final int MOST_ACCOUNTS = 100_000;

    private static final JsonMapper JSON = new JsonMapper();

    /// The image has become whole, or was changed. Of one that is not whole there is no record.
    public void changed(Tables tables, Image image) {
        if (!image.whole()) {
            return;
        }
        ObjectNode record = subject("image", image.id().value(), image.revision());
        record.put("account", image.account().value());
        record.put("name", image.name().value());
        record.put("description", image.description().value());
        record.put("created", image.created().toString());
        image.attributes().family().ifPresent(family -> record.put("family", family.value()));
        put(record, image.platform());
        put(record, image.attributes().features());
        put(record, image.origin());
        record.put("deprecated", image.state() instanceof ImageState.Deprecated);
        record.put("public", image.attributes().isPublic());
        put(tables, record, image.account(), image.group());
        put(record, image.tags());
        putViewers(record, tables, image);
        ArrayNode disks = record.putArray("disks");
        image.disks().forEach(disk -> disks.add(disk.snapshot().value()));
        tables.outbox().add(image.region(), image.id().value(), record.toString());
    }

    private static void put(ObjectNode record, Platform platform) {
        record.put("architecture", platform.architecture());
        record.put("osType", platform.osType());
        record.put("platform", platform.platform());
        record.put("bootMode", platform.bootMode());
    }

    private static void put(ObjectNode record, Features features) {
        record.put("nvmeSupport", features.nvmeSupport());
        record.put("imdsSupport", features.imdsSupport());
        record.put("licenseType", features.licenseType());
    }

    private static void put(ObjectNode record, Origin origin) {
        switch (origin) {
            case Origin.Imported _ -> record.put("origin", "imported");
            case Origin.Created _ -> record.put("origin", "created");
            case Origin.Copied copied -> {
                record.put("origin", "copied");
                record.put("sourceImage", copied.source().value());
                record.put("sourceRegion", copied.sourceRegion().value());
            }
        }
    }

    private static void put(ObjectNode record, Tags tags) {
        ObjectNode all = record.putObject("tags");
        tags.all().forEach(all::put);
    }

    /// A group has no record of its own: it belongs to no region. So what is in it tells its names.
    private static void put(
            Tables tables, ObjectNode record, AccountId account, ResourceGroupId id) {
        if (id.equals(ResourceGroupId.standard(account))) {
            return;
        }
        ObjectNode group = record.putObject("group");
        group.put("id", id.value());
        tables.groups()
                .find(id)
                .ifPresent(found -> {
                    group.put("name", found.name().value());
                    group.put("displayName", found.displayName());
                    group.put("created", found.created().toString());
                });
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

    public void deleted(Tables tables, Image image) {
        ObjectNode record = subject("image", image.id().value(), image.revision() + 1);
        record.put("deleted", true);
        tables.outbox().add(image.region(), image.id().value(), record.toString());
    }

    /// The snapshot has got all its parts, or was changed. Of one that lacks some there is no record.
    public void changed(Tables tables, Snapshot snapshot) {
        if (!snapshot.accomplished()) {
            return;
        }
        ObjectNode record = subject("snapshot", snapshot.id().value(), snapshot.revision());
        record.put("account", snapshot.account().value());
        put(tables, record, snapshot.account(), snapshot.attributes());
        record.put("created", snapshot.created().toString());
        record.put("bytes", snapshot.bytes());
        record.put("digest", snapshot.digest().orElseThrow().toString());
        snapshot.damage().ifPresent(damage -> record.put("damage", damage));
        snapshot.source()
                .ifPresent(source -> {
                    record.put("sourceSnapshot", source.snapshot().value());
                    record.put("sourceRegion", source.region().value());
                });
        snapshot.key()
                .ifPresent(key -> {
                    record.put("key", key.key().value());
                    record.put("keyVersion", key.version());
                    record.put(
                            "dataKey",
                            tables.encryption().dataKey(snapshot.scope()).orElseThrow().text());
                });
        ArrayNode parts = record.putArray("parts");
        for (var numbered : tables.parts().of(snapshot.id())) {
            ObjectNode part = parts.addObject();
            part.put("digest", numbered.part().digest().toString());
            part.put("manifest", numbered.part().manifest().toString());
        }
        add(tables, snapshot, record);
    }

    private static void put(
            Tables tables, ObjectNode record, AccountId account, SnapshotAttributes attributes) {
        record.put("name", attributes.name());
        record.put("description", attributes.description().value());
        record.put("makesImages", attributes.makesImages());
        attributes.retentionDays().ifPresent(days -> record.put("retentionDays", days));
        put(tables, record, account, attributes.group());
        put(record, attributes.tags());
    }

    public void deleted(Tables tables, Snapshot snapshot) {
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
