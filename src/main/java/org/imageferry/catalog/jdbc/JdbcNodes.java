package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Nodes;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// The tables `node` and `duty`.
record JdbcNodes(Sql sql) implements Nodes {
    /// A node that does not come back in this time will have another name if it ever does.
    private static final Duration KEPT = Duration.ofDays(7);

    private static final int HALF = 2;

    @Override
    public void join(String name, String host, String version, Duration beat) {
        sql.change("delete from node where name = ? or seen < ?", name, sql.now().minus(KEPT));
        sql.change(
                "insert into node values (?, ?, ?, ?, ?, ?, 0)",
                name,
                host,
                version,
                sql.now(),
                sql.now(),
                beat.toMillis());
    }

    @Override
    public void beat(String name) {
        sql.change("update node set seen = ? where name = ?", sql.now(), name);
    }

    @Override
    public void leave(String name) {
        sql.change("delete from duty where node = ?", name);
        sql.change("delete from node where name = ?", name);
    }

    @Override
    public Optional<Node> find(String name) {
        return sql.first("select * from node where name = ?", JdbcNodes::node, name);
    }

    @Override
    public List<Node> all() {
        return sql.list("select * from node order by name", JdbcNodes::node);
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                row.getString("name"),
                row.getString("host"),
                row.getString("version"),
                Columns.instant(row, "since"),
                Columns.instant(row, "seen"),
                Duration.ofMillis(row.getLong("beat")),
                row.getInt("draining") == 1);
    }

    @Override
    public boolean drain(String name, boolean draining) {
        return sql.change("update node set draining = ? where name = ?", draining, name) == 1;
    }

    @Override
    public List<Held> held(int limit) {
        return sql.list(
                """
                select claim.node, claim.until, task.id, task.action, task.region,
                    coalesce(task.image, task.snapshot, '') as resource, piece.number, piece.counted, piece.bytes, task.total
                from claim join task on task.id = claim.task
                join piece on piece.claim = claim.id
                where claim.until > ?
                order by claim.until, claim.id limit ?
                """,
                JdbcNodes::held,
                sql.now(),
                limit);
    }

    private static Held held(ResultSet row) throws SQLException {
        Optional<Integer> part = Columns.number(row, "number").map(Math::toIntExact);
        return new Held(
                row.getString("node"),
                new TaskId(row.getString("id")),
                Work.Action.valueOf(row.getString("action")),
                new RegionId(row.getString("region")),
                row.getString("resource"),
                part,
                row.getLong("counted"),
                part.isPresent() ? row.getLong("bytes") : row.getLong("total"),
                Columns.instant(row, "until"));
    }

    @Override
    public boolean has(RegionId region, Duty duty, String node, Duration length) {
        return sql.exists(
                "select 1 from duty where region = ? and name = ? and node = ? and until > ?",
                region,
                duty,
                node,
                sql.now().plus(length.dividedBy(HALF)));
    }

    @Override
    public boolean take(RegionId region, Duty duty, String node, Duration length) {
        return sql.change(
                        """
                        insert into duty values (?, ?, ?, ?)
                        on conflict (region, name) do update
                        set node = excluded.node, until = excluded.until
                        where duty.node = excluded.node or duty.until <= ?
                        """,
                        region,
                        duty,
                        node,
                        sql.now().plus(length),
                        sql.now())
                == 1;
    }
}
