package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Images;
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
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// How an image lies in its row and those of its disks and tags.
record ImageRows(Sql sql) {
    /// As [#image(ResultSet, Map, Map)] reads them.
    private static final String COLUMNS =
            """
            id, account, region, name, description, family, architecture, os_type, platform, boot_mode,
            nvme_support, imds_support, license_type, resource_group, public, state, deprecated, reason,
            created, origin, source_image, source_region, bytes, revision
            """;

    /// The images of these ids, in their order.
    List<Image> load(List<String> ids) {
        Map<String, List<Disk>> disks = disks(ids);
        Map<String, Tags> tags = TagRows.load(sql, ResourceType.IMAGE, ids);
        Map<String, Image> found = new HashMap<>();
        sql.list(
                        "select " + COLUMNS + "from image where " + sql.dialect().in("id"),
                        row -> image(row, disks, tags),
                        sql.dialect().members(ids))
                .forEach(image -> found.put(image.id().value(), image));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    private Map<String, List<Disk>> disks(List<String> ids) {
        record Row(String image, Disk disk) {}
        Map<String, List<Disk>> disks = new HashMap<>();
        sql.list(
                        "select number, bytes, snapshot, image from disk where "
                                + sql.dialect().in("image")
                                + " order by image, number",
                        row -> new Row(row.getString(4), disk(row)),
                        sql.dialect().members(ids))
                .forEach(row ->
                        disks.computeIfAbsent(row.image(), _ -> new ArrayList<>()).add(row.disk()));
        return disks;
    }

    /// Of a row that begins with the columns `number`, `bytes` and `snapshot`.
    static Disk disk(ResultSet row) throws SQLException {
        return new Disk(row.getInt(1), row.getLong(2), new SnapshotId(row.getString(3)));
    }

    private static Image image(ResultSet row, Map<String, List<Disk>> disks, Map<String, Tags> tags)
            throws SQLException {
        Cells cells = new Cells(row);
        String id = cells.text();
        AccountId account = new AccountId(cells.text());
        return new Image(
                new ImageId(id),
                account,
                new RegionId(cells.text()),
                attributes(cells, account, tags.getOrDefault(id, Tags.NONE)),
                state(cells),
                cells.instant(),
                origin(cells),
                disks.getOrDefault(id, List.of()),
                cells.number(),
                cells.number());
    }

    private static ImageAttributes attributes(Cells cells, AccountId account, Tags tags)
            throws SQLException {
        return new ImageAttributes(
                new ImageName(cells.text()),
                new Description(cells.text()),
                cells.maybeText().map(ImageFamily::new),
                new Platform(cells.text(), cells.text(), cells.text(), cells.text()),
                new Features(cells.yes(), cells.text(), cells.text()),
                cells.maybeText()
                        .map(ResourceGroupId::new)
                        .orElseGet(() -> ResourceGroupId.standard(account)),
                tags,
                cells.yes());
    }

    private static ImageState state(Cells cells) throws SQLException {
        Images.Status status = Images.Status.valueOf(cells.text());
        boolean deprecated = cells.yes();
        Optional<String> reason = cells.maybeText();
        return switch (status) {
            case Waiting -> new ImageState.Waiting();
            case Creating -> new ImageState.Creating();
            case Available -> new ImageState.Available();
            case UnAvailable -> new ImageState.UnAvailable(deprecated);
            case Deprecated -> new ImageState.Deprecated();
            case CreateFailed -> new ImageState.CreateFailed(reason.orElseThrow());
        };
    }

    private static Origin origin(Cells cells) throws SQLException {
        String origin = cells.text();
        Optional<ImageId> image = cells.maybeText().map(ImageId::new);
        Optional<RegionId> region = cells.maybeText().map(RegionId::new);
        return switch (origin) {
            case "imported" -> new Origin.Imported();
            case "created" -> new Origin.Created();
            case "copied" -> new Origin.Copied(image.orElseThrow(), region.orElseThrow());
            default -> throw new IllegalStateException("unknown origin " + origin);
        };
    }

    void insertDisksAndTags(Image image) {
        List<Object[]> disks = new ArrayList<>();
        for (Disk disk : image.disks()) {
            disks.add(new Object[] {image.id(), disk.number(), disk.bytes(), disk.snapshot()});
        }
        sql.changeEach("insert into disk values (?, ?, ?, ?)", disks);
        TagRows.insert(sql, image.id(), image.tags());
    }
}
