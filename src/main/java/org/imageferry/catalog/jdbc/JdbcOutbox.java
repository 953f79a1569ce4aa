package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Outbox;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.UserId;

/// The table `outbox`, with `subject`, which outlives it.
record JdbcOutbox(Sql sql) implements Outbox {
    @Override
    public void add(RegionId region, String subject, String body) {
        long sequence =
                JdbcRegions.known(
                        region,
                        sql.changed(
                                "update region set record = record + 1 where id = ? returning record",
                                row -> row.getLong(1),
                                region));
        Optional<Long> before =
                sql.first(
                        "select sequence from subject where region = ? and id = ?",
                        row -> row.getLong(1),
                        region,
                        subject);
        sql.change(
                """
                insert into subject values (?, ?, ?)
                on conflict (region, id) do update set sequence = excluded.sequence
                """,
                region,
                subject,
                sequence);
        sql.change(
                "insert into outbox values (?, ?, ?, ?, ?)",
                region,
                sequence,
                subject,
                body,
                before);
        sql.ring(region);
    }

    @Override
    public List<Entry> pending(RegionId region, int limit) {
        return sql.list(
                """
                select sequence, subject, body, supersedes from outbox where region = ?
                order by sequence limit ?
                """,
                row ->
                        new Entry(
                                region,
                                row.getLong("sequence"),
                                row.getString("subject"),
                                row.getString("body"),
                                Columns.number(row, "supersedes")),
                region,
                limit);
    }

    @Override
    public void written(RegionId region, long sequence) {
        sql.change("delete from outbox where region = ? and sequence = ?", region, sequence);
    }

    @Override
    public boolean isOvertaken(Entry record) {
        return sql.exists(
                """
                select 1 from subject where region = ? and id = ? and sequence > ?
                and not exists (
                    select 1 from outbox
                    where outbox.region = subject.region and outbox.sequence > ?
                    and outbox.subject = subject.id)
                """,
                record.region(),
                record.subject(),
                record.sequence(),
                record.sequence());
    }

    @Override
    public List<Newest> newest(RegionId region, Optional<String> after, int limit) {
        return sql.list(
                """
                select id, sequence from subject where region = ? and id > ? order by id limit ?
                """,
                row -> new Newest(row.getString(1), row.getLong(2)),
                region,
                after.orElse(""),
                limit);
    }

    @Override
    public List<Long> superseded(RegionId region) {
        return sql.list(
                "select supersedes from outbox where region = ? and supersedes is not null",
                row -> row.getLong(1),
                region);
    }

    @Override
    public boolean isTold(RegionId region, String subject) {
        return sql.exists("select 1 from subject where region = ? and id = ?", region, subject);
    }

    @Override
    public List<AccountId> untoldAccounts(RegionId region, int limit) {
        return sql.list(
                """
                select id from account where not exists (
                    select 1 from subject where subject.region = ? and subject.id = account.id)
                order by id limit ?
                """,
                row -> new AccountId(row.getString(1)),
                region,
                limit);
    }

    @Override
    public List<UserId> untoldUsers(RegionId region, int limit) {
        return sql.list(
                """
                select id from account_user where not exists (
                    select 1 from subject
                    where subject.region = ? and subject.id = account_user.id)
                order by id limit ?
                """,
                row -> new UserId(row.getString(1)),
                region,
                limit);
    }

    @Override
    public long last(RegionId region) {
        return JdbcRegions.known(
                region,
                sql.list("select record from region where id = ?", row -> row.getLong(1), region));
    }
}
