package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Accounts;
import org.imageferry.domain.AccountId;

/// The table `account`, with `access_key`.
record JdbcAccounts(Sql sql) implements Accounts {
    @Override
    public void add(AccountId account, String name) {
        sql.change("insert into account (id, name) values (?, ?)", account, name);
    }

    @Override
    public List<AccountId> all() {
        return sql.list(
                "select id from account order by id", row -> new AccountId(row.getString(1)));
    }

    @Override
    public void add(AccessKey key) {
        sql.change(
                "insert into access_key (id, account, wrapped_secret, active) values (?, ?, ?, ?)",
                key.id(),
                key.account(),
                key.wrappedSecret(),
                key.active());
    }

    @Override
    public Optional<AccessKey> key(String id) {
        return sql.first(
                "select account, wrapped_secret, active from access_key where id = ?",
                row ->
                        new AccessKey(
                                id,
                                new AccountId(row.getString(1)),
                                row.getString(2),
                                row.getBoolean(3)),
                id);
    }
}
