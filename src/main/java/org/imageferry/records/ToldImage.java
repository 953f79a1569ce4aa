package org.imageferry.records;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Description;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Features;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Platform;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;

/// What the record of an image tells.
///
/// @param image without its disks, whose lengths are the snapshots'
/// @param group the resource group that it is in, if it is in one that it names
/// @param disks the snapshots, in order
/// @param sharedWith and since when
/// @param publishedIn the regions for which it is in the marketplace
public record ToldImage(
        Image image,
        Optional<ResourceGroup> group,
        List<SnapshotId> disks,
        Map<AccountId, Instant> sharedWith,
        Set<RegionId> publishedIn) {
    /// @param region whose store has the record
    public static ToldImage of(StoredRecord record, RegionId region) {
        Fields fields = record.fields();
        AccountId account = new AccountId(fields.text("account"));
        boolean deprecated = fields.flag("deprecated", false);
        Image image =
                new Image(
                        new ImageId(record.id()),
                        account,
                        region,
                        attributes(fields, account),
                        deprecated ? new ImageState.Deprecated() : new ImageState.Available(),
                        fields.instant("created"),
                        origin(fields),
                        List.of(),
                        0,
                        record.revision());
        return new ToldImage(
                image,
                GroupJson.told(fields, account),
                fields.texts("disks").stream().map(SnapshotId::new).toList(),
                shares(fields),
                fields.texts("publishedIn").stream()
                        .map(RegionId::new)
                        .collect(Collectors.toSet()));
    }

    private static ImageAttributes attributes(Fields fields, AccountId account) {
        return new ImageAttributes(
                new ImageName(fields.text("name")),
                new Description(fields.text("description", "")),
                fields.optional("family").map(ImageFamily::new),
                new Platform(
                        fields.text("architecture"),
                        fields.text("osType"),
                        fields.text("platform"),
                        fields.text("bootMode")),
                new Features(
                        fields.flag("nvmeSupport", false),
                        fields.text("imdsSupport", "v1"),
                        fields.text("licenseType", "")),
                GroupJson.in(fields, account),
                TagJson.of(fields),
                fields.flag("public", false));
    }

    private static Origin origin(Fields fields) {
        String origin = fields.text("origin");
        return switch (origin) {
            case "imported" -> new Origin.Imported();
            case "created" -> new Origin.Created();
            case "copied" ->
                    new Origin.Copied(
                            new ImageId(fields.text("sourceImage")),
                            new RegionId(fields.text("sourceRegion")));
            default -> throw new IllegalArgumentException("its origin is unknown: " + origin);
        };
    }

    /// Older records don't tell since when: as long as it is there, then.
    private static Map<AccountId, Instant> shares(Fields fields) {
        List<String> accounts = fields.texts("sharedWith");
        List<String> times = fields.texts("sharedSince");
        Fields.require(
                times.isEmpty() || times.size() == accounts.size(),
                "sharedSince",
                "not as long as sharedWith");
        Map<AccountId, Instant> shares = new LinkedHashMap<>();
        for (int i = 0; i < accounts.size(); i++) {
            Instant since =
                    times.isEmpty() ? fields.instant("created") : Instant.parse(times.get(i));
            shares.put(new AccountId(accounts.get(i)), since);
        }
        return shares;
    }

    /// The image as it was.
    ///
    /// @param whole its disks, in order
    public Image with(List<Disk> whole) {
        return new Image(
                image.id(),
                image.account(),
                image.region(),
                image.attributes(),
                image.state(),
                image.created(),
                image.origin(),
                whole,
                whole.stream().mapToLong(Disk::bytes).sum(),
                image.revision());
    }
}
