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
import org.imageferry.domain.ResourceGroupId;
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
        return switch (query.whose()) {
            case OWN -> listOwn(query, offset, limit);
            case SHARED, PUBLIC, MARKET -> listOthers(query, offset, limit);
            case OWN_AND_SHARED ->
                    anyShared(query)
                            ? listBoth(query, offset, limit)
                            : listOwn(query, offset, limit);
        };
    }

    private Page<Image> listOwn(Query query, int offset, int limit) {
        if (!query.tags().isEmpty() && onlyStatusesAndTags(query)) {
            return new TaggedImages(sql, query).list(offset, limit);
        }
        Listing listing = new Listing(sql, "image", own(query));
        return page(listing, countOwn(query, listing), offset, limit);
    }

    private Page<Image> listOthers(Query query, int offset, int limit) {
        Listing listing = new Listing(sql, "image", others(query));
        return page(listing, listing.count(), offset, limit);
    }

    /// Both are read in the order of the list and merged, so that own images, which may be very many,
    /// are read no further than the page.
    private Page<Image> listBoth(Query query, int offset, int limit) {
        Listing own = new Listing(sql, "image", own(query));
        Listing shared = new Listing(sql, "image", others(query.of(Whose.SHARED)));
        long total = countOwn(query, own) + shared.count();
        return page(own.and(shared), total, offset, limit);
    }

    private Page<Image> page(Listing listing, long total, int offset, int limit) {
        return new Page<>(rows().load(listing.page(total, offset, limit)), Math.toIntExact(total));
    }

    private boolean anyShared(Query query) {
        return sql.exists(
                "select 1 from image_share where account = ? and region = ? limit 1",
                query.account(),
                query.region());
    }

    private long countOwn(Query query, Listing listing) {
        return query.tags().isEmpty() && onlyStatusesAndTags(query)
                ? counted(query)
                : listing.count();
    }

    private static boolean onlyStatusesAndTags(Query query) {
        return query.ids().isEmpty() && query.traits().equals(Traits.ANY);
    }

    private Filter own(Query query) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", query.account(), query.region());
        return filter(filter, query);
    }

    private Filter others(Query query) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("region = ? and account <> ?", query.region(), query.account());
        switch (query.whose()) {
            case SHARED ->
                    filter.and(
                            "id in (select image from image_share where account = ? and region = ?)",
                            query.account(),
                            query.region());
            case PUBLIC -> filter.and("public = 1");
            case MARKET -> filter.and("id in (select image from image_market)");
            case OWN, OWN_AND_SHARED ->
                    throw new IllegalArgumentException("not others' images alone: " + query);
        }
        return filter(filter, query);
    }

    private Filter filter(Filter filter, Query query) {
        filter.in("state", query.statuses()).in("id", query.ids());
        query.tags()
                .forEach((key, value) -> TaggedImages.filterTag(filter, "image.id", key, value));
        filterTraits(filter, query.traits(), query.account());
        return filter;
    }

    private void filterTraits(Filter filter, Traits traits, AccountId account) {
        traits.name().ifPresent(name -> filterName(filter, name));
        traits.family().ifPresent(family -> filter.and("family = ?", family));
        traits.group().ifPresent(group -> filterGroup(filter, group, account));
        traits.owner().ifPresent(owner -> filter.and("account = ?", owner));
        traits.snapshot()
                .ifPresent(
                        id -> filter.and("id in (select image from disk where snapshot = ?)", id));
        traits.osType().ifPresent(type -> filter.and("os_type = ?", type));
        traits.architecture().ifPresent(it -> filter.and("architecture = ?", it));
        traits.createdFrom().ifPresent(from -> filter.and("created >= ?", from));
        traits.createdTo().ifPresent(to -> filter.and("created <= ?", to));
    }

    private static void filterGroup(Filter filter, ResourceGroupId group, AccountId account) {
        if (Columns.group(group, account).isEmpty()) {
            filter.and("resource_group is null");
        } else {
            filter.and("resource_group = ?", group);
        }
    }

    private void filterName(Filter filter, String name) {
        if (name.contains("*")) {
            filter.and(sql.dialect().matches("name"), sql.dialect().pattern(name));
        } else {
            filter.and("name = ?", name);
        }
    }

    private long counted(Query query) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", query.account(), query.region())
                        .in("state", query.statuses());
        return sql.number(
                "select coalesce(sum(images), 0) from image_count" + filter.where(),
                filter.values());
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
                select disk.* from disk join image on image.id = disk.image
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
