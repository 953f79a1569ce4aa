package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.ResourceGroups;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;

/// The table `resource_group`.
record JdbcResourceGroups(Sql sql) implements ResourceGroups {
    @Override
    public boolean add(ResourceGroup group) {
        return sql.change(
                        """
                        insert into resource_group (id, account, name, display_name, created)
                        values (?, ?, ?, ?, ?)
                        on conflict (account, name) do nothing
                        """,
                        group.id(),
                        group.account(),
                        group.name(),
                        group.displayName(),
                        group.created())
                > 0;
    }

    @Override
    public Optional<ResourceGroup> find(ResourceGroupId id) {
        return sql.first(
                "select * from resource_group where id = ?", JdbcResourceGroups::group, id);
    }

    @Override
    public Page<ResourceGroup> list(AccountId account, int offset, int limit) {
        long total = sql.number("select count(*) from resource_group where account = ?", account);
        List<ResourceGroup> groups =
                sql.list(
                        """
                        select * from resource_group where account = ?
                        order by created, id limit ? offset ?
                        """,
                        JdbcResourceGroups::group,
                        account,
                        limit,
                        offset);
        return new Page<>(groups, Math.toIntExact(total));
    }

    @Override
    public boolean delete(ResourceGroupId id) {
        boolean used =
                sql.exists("select 1 from image where resource_group = ? limit 1", id)
                        || sql.exists(
                                "select 1 from snapshot where resource_group = ? limit 1", id);
        if (!used) {
            sql.change("delete from resource_group where id = ?", id);
        }
        return !used;
    }

    private static ResourceGroup group(ResultSet row) throws SQLException {
        return new ResourceGroup(
                new ResourceGroupId(row.getString("id")),
                new AccountId(row.getString("account")),
                new ResourceGroupName(row.getString("name")),
                row.getString("display_name"),
                Columns.instant(row, "created"));
    }
}
