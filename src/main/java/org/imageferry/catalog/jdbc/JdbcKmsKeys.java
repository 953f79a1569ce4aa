package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.KmsKeys;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;

/// The tables `kms_key` and `kms_alias`.
record JdbcKmsKeys(Sql sql) implements KmsKeys {
    @Override
    public Optional<KmsKey> find(KeyId id) {
        return sql.first("select * from kms_key where id = ?", JdbcKmsKeys::key, id);
    }

    @Override
    public Optional<WrappedKey> material(KeyId id) {
        return sql.first(
                "select material from kms_key where id = ?",
                row -> new WrappedKey(row.getString(1)),
                id);
    }

    @Override
    public List<KmsKey> all() {
        return sql.list("select * from kms_key order by created, id", JdbcKmsKeys::key);
    }

    @Override
    public List<KmsKey> list(AccountId account, RegionId region) {
        return sql.list(
                """
                select * from kms_key where account = ? and region = ? order by created, id
                """,
                JdbcKmsKeys::key,
                account,
                region);
    }

    @Override
    public void insert(KmsKey key, WrappedKey material) {
        sql.change(
                """
                insert into kms_key (id, account, region, description, state, deletion, created,
                    service, granted, material)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                key.id(),
                key.account(),
                key.region(),
                key.description(),
                name(key.state()),
                deletion(key.state()),
                key.created(),
                key.service(),
                key.granted(),
                material.text());
    }

    @Override
    public void update(KmsKey key) {
        int changed =
                sql.change(
                        """
                        update kms_key set description = ?, state = ?, deletion = ?, granted = ?
                        where id = ?
                        """,
                        key.description(),
                        name(key.state()),
                        deletion(key.state()),
                        key.granted(),
                        key.id());
        requireOne(changed, key.id());
    }

    @Override
    public void rewrap(KeyId id, WrappedKey material) {
        requireOne(
                sql.change("update kms_key set material = ? where id = ?", material.text(), id),
                id);
    }

    @Override
    public long raise(KeyId id) {
        return sql.changed(
                        "update kms_key set revision = revision + 1 where id = ? returning revision",
                        row -> row.getLong(1),
                        id)
                .getFirst();
    }

    private static void requireOne(int changed, KeyId id) {
        if (changed == 0) {
            throw new IllegalStateException("there is no key " + id + " to change");
        }
    }

    @Override
    public void delete(KeyId id) {
        sql.change("delete from kms_key where id = ?", id);
    }

    @Override
    public List<KmsKey> pendingDeletion() {
        return sql.list(
                "select * from kms_key where deletion is not null order by deletion, id",
                JdbcKmsKeys::key);
    }

    @Override
    public Optional<KeyId> find(AccountId account, RegionId region, KeyAlias alias) {
        return sql.first(
                "select key from kms_alias where account = ? and region = ? and name = ?",
                row -> new KeyId(row.getString(1)),
                account,
                region,
                alias);
    }

    @Override
    public void insert(KeyAlias alias, KmsKey key) {
        sql.change(
                "insert into kms_alias (account, region, name, key) values (?, ?, ?, ?)",
                key.account(),
                key.region(),
                alias,
                key.id());
    }

    @Override
    public void delete(AccountId account, RegionId region, KeyAlias alias) {
        sql.change(
                "delete from kms_alias where account = ? and region = ? and name = ?",
                account,
                region,
                alias);
    }

    @Override
    public List<KeyAlias> aliases(KeyId key) {
        return sql.list(
                "select name from kms_alias where key = ? order by name",
                row -> new KeyAlias(row.getString(1)),
                key);
    }

    private static KmsKey key(ResultSet row) throws SQLException {
        return new KmsKey(
                new KeyId(row.getString("id")),
                new AccountId(row.getString("account")),
                new RegionId(row.getString("region")),
                row.getString("description"),
                state(row),
                Columns.instant(row, "created"),
                row.getBoolean("service"),
                row.getBoolean("granted"));
    }

    private static KeyState state(ResultSet row) throws SQLException {
        String name = row.getString("state");
        return switch (name) {
            case "Enabled" -> new KeyState.Enabled();
            case "Disabled" -> new KeyState.Disabled();
            case "PendingDeletion" ->
                    new KeyState.PendingDeletion(Columns.instant(row, "deletion"));
            default -> throw new IllegalStateException("no key is " + name);
        };
    }

    private static String name(KeyState state) {
        return switch (state) {
            case KeyState.Enabled _ -> "Enabled";
            case KeyState.Disabled _ -> "Disabled";
            case KeyState.PendingDeletion _ -> "PendingDeletion";
        };
    }

    private static Optional<Instant> deletion(KeyState state) {
        return state instanceof KeyState.PendingDeletion(Instant at)
                ? Optional.of(at)
                : Optional.empty();
    }
}
