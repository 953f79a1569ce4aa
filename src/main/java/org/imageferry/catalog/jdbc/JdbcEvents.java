package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Events;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Event;
import org.imageferry.domain.EventId;
import org.imageferry.domain.EventType;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;

/// The table `event`.
record JdbcEvents(Sql sql) implements Events {
    private static final String EVENTS =
            """
            select event.number, event.image_name, event.started as ran, task.*
            from event join task on task.id = event.task
            """;

    /// To be called before the task's row becomes an ended one, which knows no more when it started. One
    /// that has ended already has its event.
    void add(Task ended) {
        sql.dialect().lockEvents(sql);
        sql.changed(
                        """
                        insert into event (task, account, region, image_name, started)
                        select task.id, task.account, task.region, image.name, task.started
                        from task left join image on image.id = task.image
                        where task.id = ? and status in ('Waiting', 'Processing')
                        returning number
                        """,
                        row -> new EventId(row.getLong(1)),
                        ended.id())
                .forEach(event ->
                        new JdbcWebhooks(sql).enter(event, EventType.of(ended), ended.account()));
    }

    Event get(EventId event) {
        return sql.first(EVENTS + " where event.number = ?", JdbcEvents::event, event.number())
                .orElseThrow();
    }

    @Override
    public List<Event> after(
            EventId event, AccountId account, Optional<RegionId> region, int limit) {
        if (region.isPresent()) {
            return sql.list(
                    EVENTS
                            + """
                            where event.account = ? and event.region = ? and event.number > ?
                            order by event.number limit ?
                            """,
                    JdbcEvents::event,
                    account,
                    region.get(),
                    event.number(),
                    limit);
        }
        return sql.list(
                EVENTS
                        + """
                        where event.account = ? and event.number > ?
                        order by event.number limit ?
                        """,
                JdbcEvents::event,
                account,
                event.number(),
                limit);
    }

    @Override
    public EventId last(AccountId account) {
        return sql.first(
                        "select number from event where account = ? order by number desc limit 1",
                        row -> new EventId(row.getLong(1)),
                        account)
                .orElse(EventId.NONE);
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                new EventId(row.getLong("number")),
                TaskRows.task(row),
                Columns.text(row, "image_name").map(ImageName::new),
                Columns.number(row, "ran").map(Instant::ofEpochMilli));
    }
}
