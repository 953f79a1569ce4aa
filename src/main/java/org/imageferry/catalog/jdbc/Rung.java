package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// What a transaction returned, and the regions whose workers may find something to do once it is
/// committed.
record Rung<T>(T result, Set<RegionId> regions) {
    static <T> Function<Sql, Rung<T>> by(Function<Tables, T> work) {
        return sql -> {
            T result = work.apply(new JdbcTables(sql));
            return new Rung<>(result, Set.copyOf(sql.rung()));
        };
    }

    void tell(List<Consumer<RegionId>> listeners) {
        regions.forEach(region -> listeners.forEach(listener -> listener.accept(region)));
    }
}
