package org.imageferry.catalog.jdbc;

import org.imageferry.catalog.Images;
import org.imageferry.catalog.Page;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ResourceGroupId;

/// The images that a query finds. Own images, which may be very many, and shared ones are read in the
/// order of the list and merged, so both are read no further than the page.
record ImageLists(Sql sql, Images.Query query) {
    Page<Image> page(int offset, int limit) {
        Listing.Counted found =
                switch (query.whose()) {
                    case OWN -> own();
                    case SHARED -> shared();
                    case OWN_AND_SHARED -> anyShared() ? own().and(shared()) : own();
                    case PUBLIC -> others("public = 1");
                    case MARKET -> others("id in (select image from image_market)");
                };
        return new Page<>(
                new ImageRows(sql).load(found.page(offset, limit)), Math.toIntExact(found.count()));
    }

    private Listing.Counted own() {
        boolean onlyStatusesAndTags =
                query.ids().isEmpty() && query.traits().equals(Images.Traits.ANY);
        if (onlyStatusesAndTags && !query.tags().isEmpty()) {
            return new TaggedImages(sql, query).listing();
        }
        Filter filter = ofCaller();
        Listing listing = new Listing(sql, "image", "id", filterAll(filter));
        return onlyStatusesAndTags
                ? new Listing.Counted(listing, counted())
                : Listing.Counted.of(listing);
    }

    private long counted() {
        Filter filter = ofCaller().in("state", query.statuses());
        return sql.number(
                "select coalesce(sum(images), 0) from image_count" + filter.where(),
                filter.values());
    }

    private boolean anyShared() {
        Filter filter = ofCaller();
        return sql.exists(
                "select 1 from image_share" + filter.where() + " limit 1", filter.values());
    }

    /// By id they are looked up; else read along the shares, which have the images' order.
    private Listing.Counted shared() {
        if (!query.ids().isEmpty()) {
            String share = "select 1 from image_share s where s.image = image.id and s.account = ?";
            return others("exists (" + share + ")", query.account());
        }
        Filter image =
                new Filter(sql.dialect())
                        .and("image.id = image_share.image and account <> ?", query.account());
        filterAll(image);
        Filter filter =
                ofCaller().and("exists (select 1 from image" + image.where() + ")", image.values());
        return Listing.Counted.of(new Listing(sql, "image_share", "image", filter));
    }

    private Listing.Counted others(String which, Object... values) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("region = ? and account <> ?", query.region(), query.account())
                        .and(which, values);
        return Listing.Counted.of(new Listing(sql, "image", "id", filterAll(filter)));
    }

    private Filter ofCaller() {
        return new Filter(sql.dialect())
                .and("account = ? and region = ?", query.account(), query.region());
    }

    private Filter filterAll(Filter filter) {
        filter.in("state", query.statuses()).in("id", query.ids());
        query.tags()
                .forEach((key, value) -> TaggedImages.filterTag(filter, "image.id", key, value));
        filterTraits(filter, query.traits());
        return filter;
    }

    private void filterTraits(Filter filter, Images.Traits traits) {
        traits.name().ifPresent(name -> filterName(filter, name));
        traits.family().ifPresent(family -> filter.and("family = ?", family));
        traits.group().ifPresent(group -> filterGroup(filter, group, query.account()));
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
}
