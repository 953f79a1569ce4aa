package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Accounts;
import org.imageferry.catalog.Page;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;

/// The tables `account` and `account_quota`.
record JdbcAccounts(Sql sql) implements Accounts {
    @Override
    public boolean add(Account account) {
        return sql.change(
                        """
                        insert into account (id, name, administrator, created, deleted,
                            customer_keys, encrypt_by_default, public_images)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (name) where deleted is null do nothing
                        """,
                        account.id(),
                        account.name(),
                        account.administrator(),
                        account.created(),
                        account.deleted(),
                        account.switches().customerKeys(),
                        account.switches().encryptByDefault(),
                        account.switches().publicImages())
                > 0;
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return sql.first("select * from account where id = ?", JdbcAccounts::account, id);
    }

    @Override
    public Optional<Account> find(AccountName name) {
        return sql.first(
                "select * from account where name = ? and deleted is null",
                JdbcAccounts::account,
                name);
    }

    @Override
    public List<AccountId> all() {
        return sql.list(
                "select id from account where deleted is null order by id",
                row -> new AccountId(row.getString(1)));
    }

    @Override
    public Page<Account> list(int offset, int limit) {
        long total = sql.number("select count(*) from account where deleted is null");
        List<Account> accounts =
                sql.list(
                        """
                        select * from account where deleted is null
                        order by created, id limit ? offset ?
                        """,
                        JdbcAccounts::account,
                        limit,
                        offset);
        return new Page<>(accounts, Math.toIntExact(total));
    }

    @Override
    public long administrators() {
        return sql.number(
                "select count(*) from account where deleted is null and administrator = 1");
    }

    @Override
    public boolean update(Account account) {
        boolean taken =
                find(account.name()).filter(other -> !other.id().equals(account.id())).isPresent();
        if (!taken) {
            sql.change(
                    """
                    update account set name = ?, administrator = ?, customer_keys = ?,
                        encrypt_by_default = ?, public_images = ?
                    where id = ?
                    """,
                    account.name(),
                    account.administrator(),
                    account.switches().customerKeys(),
                    account.switches().encryptByDefault(),
                    account.switches().publicImages(),
                    account.id());
        }
        return !taken;
    }

    @Override
    public boolean holdsAnything(AccountId id) {
        return sql.exists("select 1 from image where account = ? limit 1", id)
                || sql.exists("select 1 from snapshot where account = ? limit 1", id)
                || sql.exists(
                        """
                        select 1 from task
                        where account = ? and status in ('Waiting', 'Processing') limit 1
                        """,
                        id);
    }

    @Override
    public void delete(AccountId id) {
        sql.change("delete from access_key where account = ?", id);
        sql.change("delete from account_user where account = ?", id);
        sql.change("delete from webhook where account = ?", id);
        sql.change("update account set deleted = ? where id = ?", sql.now(), id);
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
    public Map<Quota, Long> quotas(AccountId account) {
        Map<Quota, Long> quotas = new EnumMap<>(Quota.class);
        sql.list(
                        "select quota, most from account_quota where account = ?",
                        row -> Map.entry(quota(row.getString(1)), row.getLong(2)),
                        account)
                .forEach(each -> quotas.put(each.getKey(), each.getValue()));
        return quotas;
    }

    private static Quota quota(String text) {
        return Arrays.stream(Quota.values())
                .filter(quota -> quota.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no quota " + text));
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
    public long revision(AccountId id) {
        return sql.number("select revision from account where id = ?", id);
    }

    @Override
    public long raise(AccountId id) {
        return sql.changed(
                        "update account set revision = revision + 1 where id = ? returning revision",
                        row -> row.getLong(1),
                        id)
                .getFirst();
    }

    private static Account account(ResultSet row) throws SQLException {
        return new Account(
                new AccountId(row.getString("id")),
                new AccountName(row.getString("name")),
                row.getBoolean("administrator"),
                new Account.Switches(
                        row.getBoolean("customer_keys"),
                        row.getBoolean("encrypt_by_default"),
                        row.getBoolean("public_images")),
                Columns.instant(row, "created"),
                Columns.number(row, "deleted").map(Instant::ofEpochMilli));
    }
}
