package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.imageferry.catalog.Claims;
import org.imageferry.domain.Progress;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;

/// The tables `piece` and `claim`.
///
/// What is claimed is always a piece: a part, or the one piece that stands for a whole task. A claim is
/// held while its row is there and its time is not over; whoever claims next removes rows whose time
/// is over, so it does not matter when [#expire] runs.
record JdbcClaims(Sql sql) implements Claims {
    @Override
    public void offer(TaskId task, SnapshotId snapshot, List<Offer> parts) {
        if (!sql.exists(
                "select 1 from task where id = ? and status in ('Waiting', 'Processing')", task)) {
            throw new IllegalStateException(
                    "parts of %s can't be offered: task %s has ended or is gone"
                            .formatted(snapshot, task));
        }
        sql.changeEach(
                "insert into piece (task, snapshot, number, name, bytes) values (?, ?, ?, ?, ?)",
                parts.stream()
                        .map(part ->
                                new Object[] {
                                    task, snapshot, part.number(), part.name(), part.bytes()
                                })
                        .toList());
    }

    @Override
    public Optional<PartClaim> claimPart(TaskId task, String node, Instant until) {
        expire(task);
        return sql.first(
                        """
                        select * from piece
                        where task = ? and snapshot is not null and claim is null
                        and not_before <= ?
                        order by id limit 1
                        """,
                        Piece::of,
                        task,
                        sql.now())
                .map(piece -> piece.claimed(claim(task, piece.id(), node, until)));
    }

    @Override
    public Optional<Long> claimTask(TaskId task, String node, Instant until) {
        expire(task);
        if (sql.exists("select 1 from claim where task = ? limit 1", task)) {
            return Optional.empty();
        }
        sql.change(
                """
                insert into piece (task)
                select id from task where id = ? and status in ('Waiting', 'Processing')
                on conflict (task) where snapshot is null do nothing
                """,
                task);
        return sql.first(
                        """
                        select id from piece
                        where task = ? and snapshot is null and not_before <= ?
                        """,
                        row -> row.getLong(1),
                        task,
                        sql.now())
                .map(piece -> claim(task, piece, node, until));
    }

    private void expire(TaskId task) {
        sql.change("delete from claim where task = ? and until <= ?", task, sql.now());
    }

    private long claim(TaskId task, long piece, String node, Instant until) {
        long claim =
                sql.changed(
                                """
                                insert into claim (task, node, until) values (?, ?, ?)
                                returning id
                                """,
                                row -> row.getLong(1),
                                task,
                                node,
                                until)
                        .getFirst();
        sql.change("update piece set claim = ? where id = ?", claim, piece);
        return claim;
    }

    @Override
    public boolean holds(long claim) {
        return sql.exists("select 1 from claim where id = ? and until > ?", claim, sql.now());
    }

    @Override
    public Set<Long> held(Set<Long> claims) {
        return claims.stream().filter(this::holds).collect(Collectors.toSet());
    }

    @Override
    public boolean renew(long claim, Instant until, long done) {
        Optional<Piece> piece = held(claim);
        if (piece.isPresent()) {
            sql.change("update claim set until = ? where id = ?", until, claim);
            count(piece.get(), done);
        }
        return piece.isPresent();
    }

    private void count(Piece piece, long done) {
        if (done > piece.counted()) {
            sql.change("update piece set counted = ? where id = ?", done, piece.id());
            long more = done - piece.counted();
            new JdbcTasks(sql).addProgress(piece.task(), new Progress(0, more, 0, 0));
        }
    }

    /// The piece that stands for a whole task stays: it remembers what was counted.
    @Override
    public void done(long claim) {
        held(claim)
                .ifPresent(piece -> {
                    count(piece, piece.bytes());
                    sql.change(
                            "delete from piece where id = ? and snapshot is not null", piece.id());
                    end(claim);
                });
    }

    @Override
    public void giveBack(long claim, Instant notBefore, boolean failed) {
        held(claim)
                .ifPresent(piece -> {
                    sql.change(
                            """
                            update piece set attempts = attempts + ?, not_before = ?
                            where id = ?
                            """,
                            failed ? 1 : 0,
                            notBefore,
                            piece.id());
                    end(claim);
                });
    }

    private Optional<Piece> held(long claim) {
        return sql.first(
                """
                select piece.* from claim join piece on piece.claim = claim.id
                where claim.id = ? and claim.until > ?
                """,
                Piece::of,
                claim,
                sql.now());
    }

    private void end(long claim) {
        sql.change("delete from claim where id = ?", claim);
    }

    /// Counts no attempt: a node that is lost is not the part's fault.
    @Override
    public void expire() {
        sql.change("delete from claim where until <= ?", sql.now());
    }

    @Override
    public void expire(String node) {
        sql.change("delete from claim where node = ?", node);
    }

    @Override
    public boolean allDone(TaskId task) {
        return !sql.exists(
                "select 1 from piece where task = ? and snapshot is not null limit 1", task);
    }

    @Override
    public long unfinishedBytes(TaskId task) {
        return sql.list(
                        "select coalesce(sum(counted), 0) from piece where task = ?",
                        row -> row.getLong(1),
                        task)
                .getFirst();
    }

    /// A row of `piece`.
    private record Piece(
            long id,
            TaskId task,
            int attempts,
            long bytes,
            long counted,
            Optional<PartClaim> part) {
        static Piece of(ResultSet row) throws SQLException {
            return new Piece(
                    row.getLong("id"),
                    new TaskId(row.getString("task")),
                    row.getInt("attempts"),
                    row.getLong("bytes"),
                    row.getLong("counted"),
                    part(row));
        }

        private static Optional<PartClaim> part(ResultSet row) throws SQLException {
            Optional<String> snapshot = Columns.text(row, "snapshot");
            return snapshot.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new PartClaim(
                                    row.getLong("claim"),
                                    new TaskId(row.getString("task")),
                                    new SnapshotId(snapshot.get()),
                                    row.getInt("number"),
                                    row.getInt("attempts"),
                                    Columns.digest(row, "name"),
                                    row.getLong("bytes")));
        }

        PartClaim claimed(long claim) {
            PartClaim unclaimed = part.orElseThrow();
            return new PartClaim(
                    claim,
                    unclaimed.task(),
                    unclaimed.snapshot(),
                    unclaimed.number(),
                    unclaimed.attempts(),
                    unclaimed.name(),
                    unclaimed.bytes());
        }
    }
}
