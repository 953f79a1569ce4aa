package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Page;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageFamily;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;

/// The table `image`, with `disk`, `image_tag` and `image_count`.
record JdbcImages(Sql sql) implements Images {
    @Override
    public void insert(Image image) {
        int added =
                sql.change(
                        """
                        insert into image (id, account, region, created, origin, source_image,
                            source_region, name, description, family, state, reason, architecture,
                            os_type, platform, boot_mode, nvme_support, imds_support, license_type,
                            resource_group, public, bytes, revision, deprecated)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (account, region, name) where state <> 'CreateFailed' do nothing
                        """,
                        Stream.concat(
                                        Stream.of(
                                                image.id(),
                                                image.account(),
                                                image.region(),
                                                image.created(),
                                                origin(image),
                                                source(image).map(Origin.Copied::source),
                                                source(image).map(Origin.Copied::sourceRegion)),
                                        changeable(image))
                                .toArray());
        if (added == 0) {
            throw new RefusedException(new Refusal.NameTaken(image.name()));
        }
        rows().insertDisksAndTags(image);
    }

    @Override
    public Optional<Image> find(ImageId id) {
        return rows().load(List.of(id.value())).stream().findFirst();
    }

    /// What an image is born with (owner, region, time, origin) never changes.
    @Override
    public void update(Image image) {
        refuseTaken(image);
        int changed =
                sql.change(
                        """
                        update image set name = ?, description = ?, family = ?, state = ?,
                            reason = ?, architecture = ?, os_type = ?, platform = ?, boot_mode = ?,
                            nvme_support = ?, imds_support = ?, license_type = ?,
                            resource_group = ?, public = ?, bytes = ?, revision = ?,
                            deprecated = ?
                        where id = ?
                        """,
                        Stream.concat(changeable(image), Stream.of(image.id())).toArray());
        if (changed == 0) {
            throw new IllegalStateException("there is no image " + image.id() + " to update");
        }
        sql.change("delete from disk where image = ?", image.id());
        sql.change("delete from image_tag where image = ?", image.id());
        rows().insertDisksAndTags(image);
    }

    /// In the order of the columns above, from `name` on.
    private static Stream<Object> changeable(Image image) {
        ImageAttributes attributes = image.attributes();
        return Stream.of(
                attributes.name(),
                attributes.description(),
                attributes.family(),
                status(image.state()),
                reason(image.state()),
                attributes.platform().architecture(),
                attributes.platform().osType(),
                attributes.platform().platform(),
                attributes.platform().bootMode(),
                attributes.features().nvmeSupport(),
                attributes.features().imdsSupport(),
                attributes.features().licenseType(),
                Columns.group(attributes.group(), image.account()),
                attributes.isPublic(),
                image.bytes(),
                image.revision(),
                image.state().equals(new ImageState.UnAvailable(true)));
    }

    private ImageRows rows() {
        return new ImageRows(sql);
    }

    private void refuseTaken(Image image) {
        boolean taken =
                !(image.state() instanceof ImageState.CreateFailed)
                        && sql.exists(
                                """
                                select 1 from image
                                where account = ? and region = ? and name = ?
                                and state <> 'CreateFailed' and id <> ?
                                """,
                                image.account(),
                                image.region(),
                                image.name(),
                                image.id());
        if (taken) {
            throw new RefusedException(new Refusal.NameTaken(image.name()));
        }
    }

    @Override
    public void delete(ImageId id) {
        sql.change("delete from image where id = ?", id);
    }

    @Override
    public boolean nameTaken(AccountId account, RegionId region, ImageName name) {
        return sql.exists(
                """
                select 1 from image
                where account = ? and region = ? and name = ? and state <> 'CreateFailed'
                """,
                account,
                region,
                name);
    }

    @Override
    public long count(AccountId account, RegionId region) {
        return sql.number(
                """
                select coalesce(sum(images), 0) from image_count
                where account = ? and region = ? and state <> 'CreateFailed'
                """,
                account,
                region);
    }

    @Override
    public Page<Image> list(Query query, int offset, int limit) {
        return new ImageLists(sql, query).page(offset, limit);
    }

    @Override
    public Optional<Image> newestOf(AccountId account, RegionId region, ImageFamily family) {
        return rows()
                .load(
                        sql.list(
                                """
                                select id from image
                                where account = ? and region = ? and family = ?
                                and state = 'Available'
                                order by created desc, id limit 1
                                """,
                                row -> row.getString(1),
                                account,
                                region,
                                family))
                .stream()
                .findFirst();
    }

    @Override
    public List<Image> copiesOf(ImageId source, AccountId account, int limit) {
        return rows().load(
                        sql.list(
                                """
                                select id from image where source_image = ? and account = ?
                                order by created desc, id limit ?
                                """,
                                row -> row.getString(1),
                                source,
                                account,
                                limit));
    }

    static Status status(ImageState state) {
        return switch (state) {
            case ImageState.Waiting _ -> Status.Waiting;
            case ImageState.Creating _ -> Status.Creating;
            case ImageState.Available _ -> Status.Available;
            case ImageState.UnAvailable _ -> Status.UnAvailable;
            case ImageState.Deprecated _ -> Status.Deprecated;
            case ImageState.CreateFailed _ -> Status.CreateFailed;
        };
    }

    private static Optional<String> reason(ImageState state) {
        return state instanceof ImageState.CreateFailed(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    private static String origin(Image image) {
        return switch (image.origin()) {
            case Origin.Imported _ -> "imported";
            case Origin.Copied _ -> "copied";
            case Origin.Created _ -> "created";
        };
    }

    private static Optional<Origin.Copied> source(Image image) {
        return switch (image.origin()) {
            case Origin.Imported _, Origin.Created _ -> Optional.empty();
            case Origin.Copied copied -> Optional.of(copied);
        };
    }

    @Override
    public List<ImageId> failedBefore(Instant instant, int limit) {
        return sql.list(
                """
                select id from image where state = 'CreateFailed' and created < ?
                order by created, id limit ?
                """,
                row -> new ImageId(row.getString(1)),
                instant,
                limit);
    }

    @Override
    public List<Image> madeOf(SnapshotId snapshot, int limit) {
        return rows().load(
                        sql.list(
                                """
                                select distinct image.id, image.created
                                from disk join image on image.id = disk.image
                                where disk.snapshot = ? order by image.created, image.id limit ?
                                """,
                                row -> row.getString(1),
                                snapshot,
                                limit));
    }

    @Override
    public Optional<Disk> disk(SnapshotId snapshot) {
        return sql.first(
                """
                select disk.number, disk.bytes, disk.snapshot
                from disk join image on image.id = disk.image
                where disk.snapshot = ? order by image.created, image.id limit 1
                """,
                ImageRows::disk,
                snapshot);
    }

    @Override
    public boolean uses(SnapshotId snapshot) {
        return sql.exists("select 1 from disk where snapshot = ? limit 1", snapshot);
    }
}
