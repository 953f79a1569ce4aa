package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.Webhooks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.EventId;
import org.imageferry.domain.EventType;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WebhookUrl;

/// The tables `webhook` and `delivery`.
record JdbcWebhooks(Sql sql) implements Webhooks {
    private static final String BLANK = " ";

    /// Enters an event for the webhooks that want it.
    void enter(EventId event, EventType type, AccountId account) {
        for (Webhook webhook : of(account)) {
            if (webhook.health().enabled() && webhook.wants(type)) {
                enter(event, webhook.id());
            }
        }
    }

    private void enter(EventId event, WebhookId webhook) {
        if (pending(webhook) < MOST_DELIVERIES) {
            sql.change(
                    "insert into delivery (webhook, event, due) values (?, ?, ?)",
                    webhook,
                    event.number(),
                    sql.now());
        } else {
            sql.change("update webhook set missed = missed + 1 where id = ?", webhook);
        }
    }

    @Override
    public void add(Kept kept) {
        Webhook webhook = kept.webhook();
        sql.change(
                """
                insert into webhook (id, account, url, types, wrapped_secret, created)
                values (?, ?, ?, ?, ?, ?)
                """,
                webhook.id(),
                webhook.account(),
                webhook.url().value(),
                webhook.types().stream().map(EventType::text).collect(Collectors.joining(BLANK)),
                kept.wrappedSecret(),
                webhook.created());
        update(webhook);
    }

    @Override
    public Optional<Kept> find(WebhookId id) {
        return sql.first("select * from webhook where id = ?", JdbcWebhooks::kept, id);
    }

    @Override
    public List<Webhook> of(AccountId account) {
        return sql.list(
                "select * from webhook where account = ? order by created, id",
                JdbcWebhooks::webhook,
                account);
    }

    @Override
    public List<Kept> all() {
        return sql.list("select * from webhook order by id", JdbcWebhooks::kept);
    }

    @Override
    public long pending(WebhookId id) {
        return sql.number("select count(*) from delivery where webhook = ?", id);
    }

    /// Events have their numbers in the order in which they came.
    @Override
    public Waiting waiting() {
        Optional<Instant> oldest =
                sql.first(
                        """
                        select task.ended from event join task on task.id = event.task
                        where event.number = (select min(event) from delivery)
                        """,
                        row -> Instant.ofEpochMilli(row.getLong(1)));
        return new Waiting(
                sql.number(
                        """
                        select coalesce(sum((
                            select count(*) from delivery where delivery.webhook = webhook.id)), 0)
                        from webhook
                        """),
                oldest);
    }

    @Override
    public void rewrap(WebhookId id, String wrappedSecret) {
        sql.change("update webhook set wrapped_secret = ? where id = ?", wrappedSecret, id);
    }

    @Override
    public void delete(WebhookId id) {
        sql.change("delete from webhook where id = ?", id);
    }

    @Override
    public boolean anyDue() {
        return next().isPresent();
    }

    /// There are few webhooks, so all of them are looked at; of what waits for each, the first.
    private Optional<WebhookId> next() {
        return sql.first(
                """
                select id from webhook
                where disabled is null and busy_until <= ? and exists (
                    select 1 from delivery where delivery.webhook = webhook.id and due <= ?)
                order by busy_until, id limit 1
                """,
                row -> new WebhookId(row.getString(1)),
                sql.now(),
                sql.now());
    }

    @Override
    public Optional<Delivery> claim(Instant until) {
        Optional<WebhookId> webhook = next();
        webhook.ifPresent(id ->
                sql.change(
                        "update webhook set claim = claim + 1, busy_until = ? where id = ?",
                        until,
                        id));
        return webhook.flatMap(this::claimed);
    }

    private record Due(EventId event, int attempts) {}

    private Optional<Delivery> claimed(WebhookId id) {
        Kept kept = find(id).orElseThrow();
        long claim = sql.number("select claim from webhook where id = ?", id);
        return sql.first(
                        """
                        select event, attempts from delivery where webhook = ? and due <= ?
                        order by due, event limit 1
                        """,
                        row -> new Due(new EventId(row.getLong(1)), row.getInt(2)),
                        id,
                        sql.now())
                .map(due ->
                        new Delivery(
                                kept, new JdbcEvents(sql).get(due.event()), due.attempts(), claim));
    }

    @Override
    public boolean release(Delivery delivery, Webhook webhook, Instant rest) {
        boolean held =
                sql.change(
                                "update webhook set busy_until = ? where id = ? and claim = ?",
                                rest,
                                webhook.id(),
                                delivery.claim())
                        == 1;
        if (held) {
            update(webhook);
        }
        return held;
    }

    @Override
    public void update(Webhook webhook) {
        WebhookHealth health = webhook.health();
        sql.change(
                """
                update webhook set failures = ?, failing_since = ?, last_tried = ?,
                    last_delivered = ?, last_error = ?, disabled = ?
                where id = ?
                """,
                health.failures(),
                health.failingSince(),
                health.lastTried(),
                health.lastDelivered(),
                health.lastError(),
                health.disabled(),
                webhook.id());
    }

    @Override
    public void finish(WebhookId webhook, EventId event) {
        sql.change("delete from delivery where webhook = ? and event = ?", webhook, event.number());
    }

    @Override
    public void retry(WebhookId webhook, EventId event, Instant due) {
        sql.change(
                """
                update delivery set attempts = attempts + 1, due = ?
                where webhook = ? and event = ?
                """,
                due,
                webhook,
                event.number());
    }

    @Override
    public void drop(WebhookId webhook) {
        sql.change("delete from delivery where webhook = ?", webhook);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(webhook(row), row.getString("wrapped_secret"));
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        return new Webhook(
                new WebhookId(row.getString("id")),
                new AccountId(row.getString("account")),
                new WebhookUrl(row.getString("url")),
                types(row.getString("types")),
                Columns.instant(row, "created"),
                new WebhookHealth(
                        row.getInt("failures"),
                        instant(row, "failing_since"),
                        instant(row, "last_tried"),
                        instant(row, "last_delivered"),
                        row.getString("last_error"),
                        instant(row, "disabled"),
                        row.getLong("missed")));
    }

    private static List<EventType> types(String names) {
        return Stream.of(names.split(BLANK, -1))
                .flatMap(name -> EventType.find(name).stream())
                .toList();
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Columns.number(row, column).map(Instant::ofEpochMilli);
    }
}
