package org.imageferry.catalog.jdbc;

import java.util.List;

/// The ids of a table's rows that pass a filter, newest first, then by id.
///
/// @param id the column that has them
record Listing(Sql sql, String table, String id, Filter filter) {
    Listing(Sql sql, String table, Filter filter) {
        this(sql, table, "id", filter);
    }

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
                ? ids("created desc, " + id, count, offset)
                : ids("created, " + id + " desc", count, rest).reversed();
    }

    private List<String> ids(String order, long count, long skipped) {
        String text =
                "select %s from %s%s order by %s limit ? offset ?"
                        .formatted(id, table, filter.where(), order);
        return sql.list(text, row -> row.getString(1), filter.values(count, skipped));
    }
}
