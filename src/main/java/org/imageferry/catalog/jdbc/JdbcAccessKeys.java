package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.UserId;

/// The table `access_key`.
record JdbcAccessKeys(Sql sql) implements AccessKeys {
    @Override
    public void add(Kept kept) {
        sql.change(
                """
                insert into access_key (id, account, account_user, wrapped_secret, active, created)
                values (?, ?, ?, ?, ?, ?)
                """,
                kept.key().id(),
                kept.key().account(),
                kept.key().user(),
                kept.wrappedSecret(),
                kept.key().active(),
                kept.key().created());
    }

    @Override
    public Optional<Kept> find(AccessKeyId id) {
        return sql.first("select * from access_key where id = ?", JdbcAccessKeys::kept, id);
    }

    @Override
    public Optional<Kept> oldest() {
        return sql.first(
                "select * from access_key order by created, id limit 1", JdbcAccessKeys::kept);
    }

    @Override
    public List<Kept> all() {
        return sql.list("select * from access_key order by id", JdbcAccessKeys::kept);
    }

    @Override
    public List<AccessKey> of(AccountId account) {
        return sql.list(
                "select * from access_key where account = ? order by created, id",
                JdbcAccessKeys::key,
                account);
    }

    @Override
    public void update(AccessKey key) {
        sql.change("update access_key set active = ? where id = ?", key.active(), key.id());
    }

    @Override
    public void rewrap(AccessKeyId id, String wrappedSecret) {
        sql.change("update access_key set wrapped_secret = ? where id = ?", wrappedSecret, id);
    }

    @Override
    public void delete(AccessKeyId id) {
        sql.change("delete from access_key where id = ?", id);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(key(row), row.getString("wrapped_secret"));
    }

    private static AccessKey key(ResultSet row) throws SQLException {
        return new AccessKey(
                new AccessKeyId(row.getString("id")),
                new AccountId(row.getString("account")),
                Columns.text(row, "account_user").map(UserId::new),
                row.getBoolean("active"),
                Columns.instant(row, "created"));
    }
}
