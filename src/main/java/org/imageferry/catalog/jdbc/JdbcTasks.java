package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;

/// The table `task`, with `task_source`.
record JdbcTasks(Sql sql) implements Tasks {
    @Override
    public void insert(Task task, List<SnapshotId> reads) {
        sql.ring(task.region());
        int added =
                sql.change(
                        """
                        insert into task
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (source, region, account)
                        where action in ('CopyImage', 'CopySnapshot')
                            and status in ('Waiting', 'Processing')
                        do nothing
                        """,
                        task.id(),
                        task.account(),
                        task.region(),
                        task.image(),
                        TaskRows.source(task),
                        task.work().action(),
                        WorkJson.write(task.work()),
                        TaskRows.status(task.state()),
                        TaskRows.slot(task.state()),
                        TaskRows.started(task.state()),
                        TaskRows.ended(task.state()),
                        TaskRows.reason(task.state()),
                        task.ticket(),
                        task.created(),
                        task.progress().total(),
                        task.progress().done(),
                        task.progress().moved(),
                        task.progress().stored(),
                        sql.now(),
                        task.snapshot());
        if (added == 0) {
            throw new RefusedException(beingCopied(task));
        }
        if (task.open()) {
            sql.changeEach(
                    "insert into task_source values (?, ?) on conflict do nothing",
                    reads.stream().map(read -> new Object[] {task.id(), read}).toList());
        }
    }

    private Refusal beingCopied(Task second) {
        return switch (second.work()) {
            case Work.CopyImage copy -> new Refusal.ImageBeingCopied(copy.source());
            case Work.CopySnapshot copy ->
                    new Refusal.OfSnapshot.BeingCopied(
                            copy.source(),
                            copying(copy.source(), second.region())
                                    .flatMap(Task::snapshot)
                                    .orElseThrow());
            case Work.ImportImage _, Work.ExportImage _, Work.VerifyImages _ ->
                    throw new IllegalStateException("no copy, so nothing like it: " + second);
        };
    }

    @Override
    public Optional<Task> find(TaskId id) {
        return sql.first("select * from task where id = ?", TaskRows::task, id);
    }

    /// Compares and sets: of two that end a task, one learns here that it came too late. Progress takes
    /// the greater of both, for claims may have added to the row after `task` was read.
    @Override
    public void update(Task task) {
        sql.ring(task.region());
        if (!task.open()) {
            new JdbcEvents(sql).add(task);
        }
        Progress progress = task.progress();
        int changed =
                sql.change(
                        """
                        update task set status = ?, slot = ?, started = ?, ended = ?, reason = ?,
                            progressed = case when status <> ? or ? > done then ? else progressed end,
                            total = case when ? > 0 then ? else total end,
                            done = case when ? > done then ? else done end,
                            moved = case when ? > moved then ? else moved end,
                            stored = case when ? > stored then ? else stored end
                        where id = ? and status in ('Waiting', 'Processing')
                        """,
                        TaskRows.status(task.state()),
                        TaskRows.slot(task.state()),
                        TaskRows.started(task.state()),
                        TaskRows.ended(task.state()),
                        TaskRows.reason(task.state()),
                        TaskRows.status(task.state()),
                        progress.done(),
                        sql.now(),
                        progress.total(),
                        progress.total(),
                        progress.done(),
                        progress.done(),
                        progress.moved(),
                        progress.moved(),
                        progress.stored(),
                        progress.stored(),
                        task.id());
        if (changed == 0) {
            throw new IllegalStateException(
                    "task %s can't become %s: it has ended or is gone"
                            .formatted(task.id(), task.state()));
        }
        if (!task.open()) {
            release(task.id());
        }
    }

    private void release(TaskId task) {
        // Claims first: that their pieces are still there tells that these were given up.
        sql.change("delete from claim where task = ?", task);
        sql.change("delete from piece where task = ?", task);
        sql.change("delete from task_source where task = ?", task);
    }

    @Override
    public void addProgress(TaskId id, Progress more) {
        sql.change(
                """
                update task set total = case when ? > 0 then ? else total end,
                    done = done + ?, moved = moved + ?, stored = stored + ?,
                    progressed = case when ? > 0 then ? else progressed end
                where id = ?
                """,
                more.total(),
                more.total(),
                more.done(),
                more.moved(),
                more.stored(),
                more.done(),
                sql.now(),
                id);
    }

    @Override
    public List<Task> stalled(RegionId region, Instant instant) {
        return sql.list(
                """
                select * from task
                where region = ? and status = 'Processing' and progressed < ?
                order by ticket
                """,
                TaskRows::task,
                region,
                instant);
    }

    @Override
    public Map<ImageId, Task> bringing(Collection<ImageId> images) {
        return sql
                .list(
                        "select * from task where action in ('CopyImage', 'ImportImage') and "
                                + sql.dialect().in("image"),
                        TaskRows::task,
                        sql.dialect().members(images))
                .stream()
                .collect(
                        Collectors.toMap(Task::itsImage, Function.identity(), (first, _) -> first));
    }

    @Override
    public Optional<Task> bringing(SnapshotId snapshot) {
        return sql.first(
                """
                select * from task where snapshot = ? and status in ('Waiting', 'Processing')
                union all
                select task.* from disk join task on task.image = disk.image
                    and task.action in ('CopyImage', 'ImportImage')
                    and task.status in ('Waiting', 'Processing')
                where disk.snapshot = ?
                """,
                TaskRows::task,
                snapshot,
                snapshot);
    }

    @Override
    public List<Task> reading(ImageId source) {
        return sql.list(
                """
                select * from task where source = ? and status in ('Waiting', 'Processing')
                order by created, id
                """,
                TaskRows::task,
                source);
    }

    @Override
    public boolean copying(AccountId account, ImageId source, RegionId destination) {
        return sql.exists(
                """
                select 1 from task where source = ? and region = ? and account = ?
                and action in ('CopyImage', 'CopySnapshot')
                and status in ('Waiting', 'Processing')
                """,
                source,
                destination,
                account);
    }

    @Override
    public Optional<Task> copying(SnapshotId source, RegionId destination) {
        return sql.first(
                """
                select * from task where source = ? and region = ?
                and action in ('CopyImage', 'CopySnapshot')
                and status in ('Waiting', 'Processing')
                """,
                TaskRows::task,
                source,
                destination);
    }

    @Override
    public Set<Integer> slots(RegionId region, Work.Action action) {
        return Set.copyOf(
                sql.list(
                        """
                        select slot from task
                        where region = ? and action = ? and status = 'Processing'
                        """,
                        row -> row.getInt(1),
                        region,
                        action));
    }

    @Override
    public Optional<Task> next(RegionId region, Work.Action action) {
        return nextAccount(region, action)
                .flatMap(account ->
                        sql.first(
                                """
                                select * from task
                                where region = ? and action = ? and status = 'Waiting'
                                and account = ?
                                order by ticket, id limit 1
                                """,
                                TaskRows::task,
                                region,
                                action,
                                account));
    }

    /// The index of waiting tasks has all that this takes.
    private Optional<String> nextAccount(RegionId region, Work.Action action) {
        return sql.first(
                """
                select first.account from (
                    select account, min(ticket) as ticket from task
                    where region = ? and action = ? and status = 'Waiting'
                    group by account) as first
                left join served on served.region = ? and served.action = ?
                    and served.account = first.account
                order by coalesce(served.turn, 0), first.ticket limit 1
                """,
                row -> row.getString(1),
                region,
                action,
                region,
                action);
    }

    @Override
    public List<Task> queue(RegionId region, int limit) {
        return sql.list(
                """
                select * from task where region = ? and status in ('Waiting', 'Processing')
                order by status, ticket limit ?
                """,
                TaskRows::task,
                region,
                limit);
    }

    @Override
    public List<Task> running(RegionId region, Work.Action action) {
        return sql.list(
                """
                select * from task where region = ? and action = ? and status = 'Processing'
                order by ticket, id
                """,
                TaskRows::task,
                region,
                action);
    }

    @Override
    public List<Load> loads() {
        return new TaskCounts(sql).loads();
    }

    @Override
    public Open open(AccountId account, RegionId region) {
        return new TaskCounts(sql).open(account, region);
    }

    @Override
    public List<Task> running(int limit) {
        return sql.list(
                """
                select task.* from region cross join task
                where task.region = region.id and status = 'Processing' limit ?
                """,
                TaskRows::task,
                limit);
    }

    @Override
    public List<Task> ended(Instant from, int limit) {
        return sql.list(
                "select * from task where ended >= ? order by ended, id limit ?",
                TaskRows::task,
                from,
                limit);
    }

    @Override
    public Page<Task> list(Query query, int offset, int limit) {
        return new TaskLists(sql, query).page(offset, limit);
    }

    @Override
    public void forget(Instant instant, int limit) {
        sql.change(
                """
                delete from task where id in (
                    select id from task where ended < ? order by ended, id limit ?)
                """,
                instant,
                limit);
    }
}
