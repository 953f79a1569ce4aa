package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The table `scope`: it gives each scope a small number, for tables with many rows.
record Scopes(Sql sql) {
    /// @return nothing if nothing was ever stored in it
    Optional<Long> find(Scope scope) {
        if (scope.key().isEmpty()) {
            return sql.first(
                    "select id from scope where account = ? and region = ? and key is null",
                    row -> row.getLong(1),
                    scope.account(),
                    scope.region());
        }
        KeyVersion version = scope.key().get();
        return sql.first(
                """
                select id from scope
                where account = ? and region = ? and key = ? and key_version = ?
                """,
                row -> row.getLong(1),
                scope.account(),
                scope.region(),
                version.key(),
                version.version());
    }

    long number(Scope scope) {
        return find(scope)
                .orElseGet(() ->
                        sql.changed(
                                        """
                                        insert into scope (account, region, key, key_version)
                                        values (?, ?, ?, ?)
                                        returning id
                                        """,
                                        row -> row.getLong(1),
                                        scope.account(),
                                        scope.region(),
                                        scope.key().map(KeyVersion::key),
                                        scope.key().map(KeyVersion::version))
                                .getFirst());
    }

    /// Of a row that has the columns `account`, `region`, `key` and `key_version`.
    static Scope of(ResultSet row) throws SQLException {
        return new Scope(
                new AccountId(row.getString("account")),
                new RegionId(row.getString("region")),
                keyVersion(row));
    }

    /// Of a row that has the columns `key` and `key_version`.
    static Optional<KeyVersion> keyVersion(ResultSet row) throws SQLException {
        String key = row.getString("key");
        return key == null
                ? Optional.empty()
                : Optional.of(new KeyVersion(new KeyId(key), row.getInt("key_version")));
    }
}
