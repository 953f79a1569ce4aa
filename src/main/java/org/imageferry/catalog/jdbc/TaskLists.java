package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.Task;

/// The tasks that a query finds.
record TaskLists(Sql sql, Tasks.Query query) {
    Page<Task> page(int offset, int limit) {
        Listing listing = new Listing(sql, "task", filter());
        long total = listing.count();
        return new Page<>(load(listing.page(total, offset, limit)), Math.toIntExact(total));
    }

    private Filter filter() {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ?", query.account())
                        .in("id", query.ids())
                        .in("action", query.actions())
                        .in("status", query.statuses());
        if (!query.resources().isEmpty()) {
            Object members = sql.dialect().members(query.resources());
            String either =
                    "(" + sql.dialect().in("image") + " or " + sql.dialect().in("snapshot") + ")";
            filter.and(either, members, members);
        }
        query.region().ifPresent(region -> filter.and("region = ?", region));
        query.createdFrom().ifPresent(from -> filter.and("created >= ?", from));
        query.createdTo().ifPresent(to -> filter.and("created <= ?", to));
        return filter;
    }

    /// The tasks of these ids, in their order.
    private List<Task> load(List<String> ids) {
        Map<String, Task> found =
                sql
                        .list(
                                "select * from task where " + sql.dialect().in("id"),
                                TaskRows::task,
                                sql.dialect().members(ids))
                        .stream()
                        .collect(Collectors.toMap(t -> t.id().value(), Function.identity()));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }
}
