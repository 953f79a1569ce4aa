package org.imageferry.records;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Description;
import org.imageferry.domain.Digest;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.WrappedKey;

/// What the record of a snapshot tells.
///
/// @param group the resource group that it is in, if it is in one that it names
/// @param dataKey of its scope, if that is sealed
/// @param parts in order
public record ToldSnapshot(
        Snapshot snapshot,
        Optional<ResourceGroup> group,
        Optional<WrappedKey> dataKey,
        List<ToldPart> parts) {
    /// @param manifest the object that lists its blocks
    public record ToldPart(Digest digest, ObjectId manifest) {}

    /// @param region whose store has the record
    public static ToldSnapshot of(StoredRecord record, RegionId region) {
        Fields fields = record.fields();
        AccountId account = new AccountId(fields.text("account"));
        long bytes = fields.number("bytes");
        Fields.require(bytes >= 0, "bytes", "negative");
        Snapshot snapshot =
                new Snapshot(
                        new SnapshotId(record.id()),
                        account,
                        region,
                        attributes(fields, account),
                        bytes,
                        Optional.of(Digest.parse(fields.text("digest"))),
                        fields.instant("created"),
                        source(fields),
                        key(fields),
                        fields.optional("damage"),
                        record.revision());
        return new ToldSnapshot(
                snapshot,
                GroupJson.told(fields, account),
                fields.optional("dataKey").map(WrappedKey::new),
                fields.objects("parts").stream().map(ToldSnapshot::part).toList());
    }

    private static SnapshotAttributes attributes(Fields fields, AccountId account) {
        return new SnapshotAttributes(
                fields.text("name", ""),
                new Description(fields.text("description", "")),
                GroupJson.in(fields, account),
                fields.optionalNumber("retentionDays").map(Math::toIntExact),
                TagJson.of(fields),
                fields.flag("makesImages", true));
    }

    private static Optional<Snapshot.Source> source(Fields fields) {
        return fields.optional("sourceSnapshot")
                .map(source ->
                        new Snapshot.Source(
                                new SnapshotId(source), new RegionId(fields.text("sourceRegion"))));
    }

    private static Optional<KeyVersion> key(Fields fields) {
        return fields.optional("key")
                .map(key ->
                        new KeyVersion(
                                new KeyId(key), Math.toIntExact(fields.number("keyVersion"))));
    }

    private static ToldPart part(Fields json) {
        return new ToldPart(
                Digest.parse(json.text("digest")), ObjectId.parse(json.text("manifest")));
    }
}
