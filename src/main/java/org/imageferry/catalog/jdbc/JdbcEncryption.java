package org.imageferry.catalog.jdbc;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Encryption;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;

/// The table `data_key`, and what the table `account` says of keys.
record JdbcEncryption(Sql sql) implements Encryption {
    @Override
    public Optional<WrappedKey> dataKey(Scope scope) {
        return new Scopes(sql).find(scope).flatMap(this::dataKey);
    }

    private Optional<WrappedKey> dataKey(long scope) {
        return sql.first(
                "select wrapped from data_key where scope = ?",
                row -> new WrappedKey(row.getString(1)),
                scope);
    }

    @Override
    public WrappedKey addDataKey(Scope scope, WrappedKey wrapped) {
        if (scope.key().isEmpty()) {
            throw new IllegalArgumentException("scope " + scope + " has no key");
        }
        long number = new Scopes(sql).number(scope);
        sql.change(
                "insert into data_key (scope, wrapped) values (?, ?) on conflict do nothing",
                number,
                wrapped.text());
        return dataKey(number).orElseThrow();
    }

    @Override
    public Map<ImageId, Set<KeyVersion>> keysOf(Collection<ImageId> images) {
        record Row(String image, KeyVersion key) {}
        return sql
                .list(
                        """
                        select disk.image, snapshot.key, snapshot.key_version
                        from disk join snapshot on snapshot.id = disk.snapshot
                        where snapshot.key is not null and
                        """
                                + sql.dialect().in("disk.image"),
                        row -> new Row(row.getString(1), Scopes.keyVersion(row).orElseThrow()),
                        sql.dialect().members(images))
                .stream()
                .collect(groupingBy(row -> new ImageId(row.image()), mapping(Row::key, toSet())));
    }

    @Override
    public KeySettings settings(AccountId account) {
        return sql.first(
                        "select * from account where id = ?",
                        row ->
                                new KeySettings(
                                        row.getBoolean("key_service"),
                                        row.getBoolean("customer_keys"),
                                        encrypt(row)),
                        account)
                .orElse(KeySettings.DEFAULTS);
    }

    private static KeySettings.Encrypt encrypt(ResultSet row) throws SQLException {
        if (row.getBoolean("encrypt_always")) {
            return KeySettings.Encrypt.ALWAYS;
        }
        return row.getBoolean("encrypt_by_default")
                ? KeySettings.Encrypt.DEFAULT
                : KeySettings.Encrypt.ASKED;
    }

    @Override
    public void set(AccountId account, KeySettings settings) {
        sql.change(
                """
                update account set key_service = ?, customer_keys = ?, encrypt_by_default = ?,
                    encrypt_always = ?
                where id = ?
                """,
                settings.service(),
                settings.customerKeys(),
                settings.encrypt() == KeySettings.Encrypt.DEFAULT,
                settings.encrypt() == KeySettings.Encrypt.ALWAYS,
                account);
    }
}
