package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// How an image lies in its row and those of its disks and tags.
record ImageRows(Sql sql) {
    /// The images of these ids, in their order.
    List<Image> load(List<String> ids) {
        Map<String, List<Disk>> disks = disks(ids);
        Map<String, Tags> tags = TagRows.load(sql, ResourceType.IMAGE, ids);
        Map<String, Image> found = new HashMap<>();
        sql.list(
                        "select * from image where " + sql.dialect().in("id"),
                        row ->
                                image(
                                        row,
                                        disks.getOrDefault(row.getString("id"), List.of()),
                                        tags.getOrDefault(row.getString("id"), Tags.NONE)),
                        sql.dialect().members(ids))
                .forEach(image -> found.put(image.id().value(), image));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    private Map<String, List<Disk>> disks(List<String> ids) {
        record Row(String image, Disk disk) {}
        Map<String, List<Disk>> disks = new HashMap<>();
        sql.list(
                        "select * from disk where %s order by image, number"
                                .formatted(sql.dialect().in("image")),
                        row -> new Row(row.getString("image"), disk(row)),
                        sql.dialect().members(ids))
                .forEach(row ->
                        disks.computeIfAbsent(row.image(), _ -> new ArrayList<>()).add(row.disk()));
        return disks;
    }

    static Disk disk(ResultSet row) throws SQLException {
        return new Disk(
                row.getInt("number"),
                row.getLong("bytes"),
                new SnapshotId(row.getString("snapshot")));
    }

    private static Image image(ResultSet row, List<Disk> disks, Tags tags) throws SQLException {
        return new Image(
                new ImageId(row.getString("id")),
                new AccountId(row.getString("account")),
                new RegionId(row.getString("region")),
                attributes(row, tags),
                state(row),
                Columns.instant(row, "created"),
                origin(row),
                disks,
                row.getLong("bytes"),
                row.getLong("revision"));
    }

    private static ImageAttributes attributes(ResultSet row, Tags tags) throws SQLException {
        return new ImageAttributes(
                new ImageName(row.getString("name")),
                new Description(row.getString("description")),
                Columns.text(row, "family").map(ImageFamily::new),
                new Platform(
                        row.getString("architecture"),
                        row.getString("os_type"),
                        row.getString("platform"),
                        row.getString("boot_mode")),
                new Features(
                        row.getBoolean("nvme_support"),
                        row.getString("imds_support"),
                        row.getString("license_type")),
                Columns.group(row, new AccountId(row.getString("account"))),
                tags,
                row.getBoolean("public"));
    }

    private static ImageState state(ResultSet row) throws SQLException {
        return switch (Images.Status.valueOf(row.getString("state"))) {
            case Waiting -> new ImageState.Waiting();
            case Creating -> new ImageState.Creating();
            case Available -> new ImageState.Available();
            case UnAvailable -> new ImageState.UnAvailable(row.getBoolean("deprecated"));
            case Deprecated -> new ImageState.Deprecated();
            case CreateFailed -> new ImageState.CreateFailed(row.getString("reason"));
        };
    }

    private static Origin origin(ResultSet row) throws SQLException {
        String origin = row.getString("origin");
        return switch (origin) {
            case "imported" -> new Origin.Imported();
            case "created" -> new Origin.Created();
            case "copied" ->
                    new Origin.Copied(
                            new ImageId(row.getString("source_image")),
                            new RegionId(row.getString("source_region")));
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
