package org.imageferry.catalog.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The conditions of a query, all of which must hold, and their parameters.
final class Filter {
    private final Dialect dialect;
    private final List<String> conditions = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    Filter(Dialect dialect) {
        this.dialect = dialect;
    }

    Filter and(String condition, Object... parameters) {
        conditions.add(condition);
        values.addAll(List.of(parameters));
        return this;
    }

    /// Lets all pass if there are no `members`.
    Filter in(String column, Collection<?> members) {
        return members.isEmpty() ? this : and(dialect.in(column), dialect.members(members));
    }

    String where() {
        return " where " + String.join(" and ", conditions);
    }

    /// The parameters, then `more`.
    Object[] values(Object... more) {
        List<Object> all = new ArrayList<>(values);
        all.addAll(List.of(more));
        return all.toArray();
    }
}
