package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.catalog.Catalog;

/// Asks SQLite how it carries out the statements that a catalog in memory has prepared so far.
record Plans(Catalog catalog) {
    /// One step of the plan of a statement.
    record Step(String statement, String plan) {}

    Set<String> statements() {
        return catalog.read(tables -> ((JdbcTables) tables).sql().texts());
    }

    List<Step> steps(Set<String> statements) {
        return catalog.read(tables -> {
            Sql sql = ((JdbcTables) tables).sql();
            return statements.stream()
                    .filter(text -> text.matches("(?s)(select|insert|update|delete) .*"))
                    .flatMap(text -> steps(sql, text))
                    .toList();
        });
    }

    private static Stream<Step> steps(Sql sql, String text) {
        return sql.list("explain query plan " + text, row -> row.getString("detail")).stream()
                .map(plan -> new Step(text, plan));
    }
}
