package org.imageferry.records;

import java.util.Comparator;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the records by which a store describes itself: what the catalog knows of the images and
/// snapshots whose bytes are there. `docs/design/format.md` has their form.
public final class Records {
    /// Far more than an image is ever shared with.
    private static final int MOST_ACCOUNTS = 100_000;

    /// The image has become whole, or was changed. Of one that is not whole there is no record.
    public void changed(Tables tables, Image image) {
        if (!image.whole()) {
            return;
        }
        ObjectNode record = RecordJson.of(TellsOf.IMAGE, image.id().value(), image.revision());
        record.put("account", image.account().value());
        record.put("name", image.name().value());
        record.put("description", image.description().value());
        record.put("created", image.created().toString());
        image.attributes().family().ifPresent(family -> record.put("family", family.value()));
        put(record, image.platform());
        put(record, image.attributes().features());
        put(record, image.origin());
        record.put("deprecated", image.deprecated());
        if (image.state() instanceof ImageState.UnAvailable) {
            record.put("unavailable", true);
        }
        record.put("public", image.attributes().isPublic());
        put(tables, record, image.account(), image.group());
        TagJson.put(record, image.tags());
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

    /// Stores of older programs have no records of accounts. So what is in a group tells its names, too.
    private static void put(
            Tables tables, ObjectNode record, AccountId account, ResourceGroupId id) {
        if (!id.equals(ResourceGroupId.standard(account))) {
            ObjectNode group = record.putObject("group").put("id", id.value());
            tables.groups().find(id).ifPresent(found -> GroupJson.put(group, found));
        }
    }

    /// In the order of their ids, so that equal images have equal records.
    private static void putViewers(ObjectNode record, Tables tables, Image image) {
        ArrayNode accounts = record.putArray("sharedWith");
        ArrayNode times = record.putArray("sharedSince");
        tables.shares().accounts(image.id(), 0, MOST_ACCOUNTS).items().stream()
                .sorted(Comparator.comparing(share -> share.account().value()))
                .forEach(share -> {
                    accounts.add(share.account().value());
                    times.add(share.since().toString());
                });
        ArrayNode published = record.putArray("publishedIn");
        tables.shares().published(image.id()).stream()
                .map(RegionId::value)
                .sorted()
                .forEach(published::add);
    }

    public void deleted(Tables tables, Image image) {
        ObjectNode record =
                RecordJson.gone(TellsOf.IMAGE, image.id().value(), image.revision() + 1);
        tables.outbox().add(image.region(), image.id().value(), record.toString());
    }

    /// The snapshot has got all its parts, or was changed. Of one that lacks some there is no record.
    public void changed(Tables tables, Snapshot snapshot) {
        if (!snapshot.accomplished()) {
            return;
        }
        ObjectNode record =
                RecordJson.of(TellsOf.SNAPSHOT, snapshot.id().value(), snapshot.revision());
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
        TagJson.put(record, attributes.tags());
    }

    public void deleted(Tables tables, Snapshot snapshot) {
        ObjectNode record =
                RecordJson.gone(TellsOf.SNAPSHOT, snapshot.id().value(), snapshot.revision() + 1);
        add(tables, snapshot, record);
    }

    private static void add(Tables tables, Snapshot snapshot, ObjectNode record) {
        SnapshotId id = snapshot.id();
        tables.outbox().add(snapshot.region(), id.value(), record.toString());
    }
}
