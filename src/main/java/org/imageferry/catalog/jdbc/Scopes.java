package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The table `scope`: it gives each scope a small number, for tables with many rows.
record Scopes(Sql sql) {
    /// @return nothing if nothing was ever stored in it
    Optional<Long> find(Scope scope) {
        return sql.first(
                "select id from scope where account = ? and region = ?",
                row -> row.getLong(1),
                scope.account(),
                scope.region());
    }

    long number(Scope scope) {
        return find(scope)
                .orElseGet(() ->
                        sql.changed(
                                        """
                                        insert into scope (account, region) values (?, ?)
                                        returning id
                                        """,
                                        row -> row.getLong(1),
                                        scope.account(),
                                        scope.region())
                                .getFirst());
    }

    /// Of a row that has the columns `account` and `region`.
    static Scope of(ResultSet row) throws SQLException {
        return new Scope(
                new AccountId(row.getString("account")), new RegionId(row.getString("region")));
    }
}
