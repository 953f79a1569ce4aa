package org.imageferry.catalog.jdbc;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The ids of a table's rows that pass a filter, newest first, then by id; and, in the same order,
/// those of another such list.
///
/// @param id the column that has them
record Listing(Sql sql, String table, String id, Filter filter, Optional<Listing> other) {
    /// A list and how many ids it has in all.
    record Counted(Listing listing, long count) {
        static Counted of(Listing listing) {
            return new Counted(listing, listing.count());
        }

        /// This list and a second, which has none of this one's rows.
        Counted and(Counted second) {
            return new Counted(listing.and(second.listing), count + second.count);
        }

        /// One page of the ids.
        List<String> page(int offset, int limit) {
            return listing.page(count, offset, limit);
        }
    }

    Listing(Sql sql, String table, Filter filter) {
        this(sql, table, "id", filter);
    }

    Listing(Sql sql, String table, String id, Filter filter) {
        this(sql, table, id, filter, Optional.empty());
    }

    private Listing and(Listing second) {
        return new Listing(sql, table, id, filter, Optional.of(second));
    }

    /// How many there are in this list alone.
    long count() {
        return sql.number("select count(*) from " + table + filter.where(), filter.values());
    }

    /// One page of the ids. It is counted off from the nearer end, so that the last page costs no more
    /// than the first.
    ///
    /// @param total how many ids there are in all
    List<String> page(long total, int offset, int limit) {
        if (offset < 0 || limit < 0) {
            throw new IllegalArgumentException("no page: " + offset + "+" + limit);
        }
        long count = Math.min(limit, total - offset);
        long rest = total - offset - count;
        if (count <= 0) {
            return List.of();
        }
        return offset <= rest
                ? ids("created desc, id", count, offset)
                : ids("created, id desc", count, rest).reversed();
    }

    private List<String> ids(String order, long count, long skipped) {
        String rows =
                other.map(second -> select() + " union all " + second.select()).orElse(select());
        // it is ordered by what it selects, or SQLite would not merge two lists but sort them
        String text =
                ("select id, created from (" + rows + ") as listed")
                        + (" order by " + order + " limit ? offset ?");
        return sql.list(text, row -> row.getString(1), values(count, skipped));
    }

    private String select() {
        return "select " + id + " as id, created from " + table + filter.where();
    }

    private Object[] values(long count, long skipped) {
        List<Object> all = new ArrayList<>(List.of(filter.values()));
        other.ifPresent(second -> all.addAll(List.of(second.filter.values())));
        all.add(count);
        all.add(skipped);
        return all.toArray();
    }
}
