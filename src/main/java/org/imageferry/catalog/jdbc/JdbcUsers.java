package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Users;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;

/// The tables `account_user` and `policy`.
record JdbcUsers(Sql sql) implements Users {
    @Override
    public boolean add(User user) {
        return sql.change(
                        """
                        insert into account_user (id, account, name, created) values (?, ?, ?, ?)
                        on conflict (account, name) do nothing
                        """,
                        user.id(),
                        user.account(),
                        user.name(),
                        user.created())
                > 0;
    }

    @Override
    public Optional<User> find(UserId id) {
        return sql.first("select * from account_user where id = ?", JdbcUsers::user, id);
    }

    @Override
    public Optional<User> find(AccountId account, UserName name) {
        return sql.first(
                "select * from account_user where account = ? and name = ?",
                JdbcUsers::user,
                account,
                name);
    }

    @Override
    public Page<User> list(AccountId account, int offset, int limit) {
        long total = sql.number("select count(*) from account_user where account = ?", account);
        List<User> users =
                sql.list(
                        """
                        select * from account_user where account = ?
                        order by name limit ? offset ?
                        """,
                        JdbcUsers::user,
                        account,
                        limit,
                        offset);
        return new Page<>(users, Math.toIntExact(total));
    }

    @Override
    public void delete(UserId id) {
        sql.change("delete from account_user where id = ?", id);
    }

    @Override
    public void put(UserPolicy policy) {
        sql.change(
                """
                insert into policy (account_user, name, document, created) values (?, ?, ?, ?)
                on conflict (account_user, name) do update
                set document = excluded.document, created = excluded.created
                """,
                policy.user(),
                policy.name(),
                policy.document(),
                policy.created());
    }

    @Override
    public List<UserPolicy> policies(UserId user) {
        return sql.list(
                "select * from policy where account_user = ? order by name",
                JdbcUsers::policy,
                user);
    }

    @Override
    public boolean deletePolicy(UserId user, PolicyName name) {
        return sql.change("delete from policy where account_user = ? and name = ?", user, name) > 0;
    }

    @Override
    public long revision(UserId id) {
        return sql.number("select revision from account_user where id = ?", id);
    }

    @Override
    public long raise(UserId id) {
        return sql.changed(
                        "update account_user set revision = revision + 1 where id = ? returning revision",
                        row -> row.getLong(1),
                        id)
                .getFirst();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                new UserId(row.getString("id")),
                new AccountId(row.getString("account")),
                new UserName(row.getString("name")),
                Columns.instant(row, "created"));
    }

    private static UserPolicy policy(ResultSet row) throws SQLException {
        return new UserPolicy(
                new UserId(row.getString("account_user")),
                new PolicyName(row.getString("name")),
                row.getString("document"),
                Columns.instant(row, "created"));
    }
}
