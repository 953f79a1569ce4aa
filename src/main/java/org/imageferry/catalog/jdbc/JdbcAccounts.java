package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Accounts;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Quota;

/// The table `account`, with `access_key` and `account_quota`.
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
    public boolean exists(AccountId account) {
        return sql.exists("select 1 from account where id = ? and deleted is null", account);
    }

    @Override
    public boolean publicImages(AccountId account) {
        return sql.exists("select 1 from account where id = ? and public_images = 1", account);
    }

    @Override
    public long quota(AccountId account, Quota quota) {
        return sql.first(
                        "select most from account_quota where account = ? and quota = ?",
                        row -> row.getLong(1),
                        account,
                        quota.text())
                .orElse(quota.preset());
    }

    @Override
    public void setQuota(AccountId account, Quota quota, long most) {
        sql.change(
                """
                insert into account_quota values (?, ?, ?)
                on conflict (account, quota) do update set most = excluded.most
                """,
                account,
                quota.text(),
                most);
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
