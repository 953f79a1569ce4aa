package org.imageferry.catalog.jdbc;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.imageferry.catalog.Images;

/// The images that have all of a query's tags and, if it says so, one of its states: read along the
/// index of the tag that the fewest have.
record TaggedImages(Sql sql, Images.Query query) {
    private record Tag(String key, String value, long images) {}

    Listing.Counted listing() {
        Tag rarest =
                query.tags().entrySet().stream()
                        .map(tag -> new Tag(tag.getKey(), tag.getValue(), counted(tag)))
                        .min(Comparator.comparingLong(Tag::images))
                        .orElseThrow();
        Listing listing = new Listing(sql, "image_tag", "image", filter(rarest));
        return query.tags().size() == 1
                ? new Listing.Counted(listing, rarest.images())
                : Listing.Counted.of(listing);
    }

    private long counted(Map.Entry<String, String> tag) {
        Filter filter = having(tag.getKey(), tag.getValue());
        return sql.number(
                "select coalesce(sum(images), 0) from image_tag_count" + filter.where(),
                filter.values());
    }

    private Filter filter(Tag rarest) {
        Filter filter = having(rarest.key(), rarest.value());
        Map<String, String> others = new HashMap<>(query.tags());
        others.remove(rarest.key());
        others.forEach((key, value) -> filterTag(filter, "image_tag.image", key, value));
        return filter;
    }

    /// An image has a key once, so with any value it is counted once too.
    private Filter having(String key, String value) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", query.account(), query.region())
                        .and("key = ?", key)
                        .in("state", query.statuses());
        return value.isEmpty() ? filter : filter.and("value = ?", value);
    }

    /// @param image the column that has the image's id
    /// @param value matches any if it is empty
    static void filterTag(Filter filter, String image, String key, String value) {
        String of = "exists (select 1 from image_tag t where t.image = " + image + " and t.key = ?";
        if (value.isEmpty()) {
            filter.and(of + ")", key);
        } else {
            filter.and(of + " and t.value = ?)", key, value);
        }
    }
}
