package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Restoration;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.RegionId;

/// The tables `told_record` and `damaged_part`, and what counts elsewhere.
record JdbcRestoration(Sql sql) implements Restoration {
    @Override
    public void installation(String id) {
        sql.change("update installation set id = ?", id);
    }

    @Override
    public void records(RegionId region, long last) {
        sql.change("update region set record = ? where id = ?", last, region);
    }

    @Override
    public void note(Told told) {
        int newer =
                sql.change(
                        """
                        insert into told_record (
                            kind, subject, region, revision, sequence, deleted)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (kind, subject, region) do update
                        set revision = excluded.revision, sequence = excluded.sequence,
                            deleted = excluded.deleted
                        where excluded.revision > told_record.revision
                            or (excluded.revision = told_record.revision
                                and excluded.sequence > told_record.sequence)
                        """,
                        told.kind(),
                        told.subject(),
                        told.region(),
                        told.revision(),
                        told.sequence(),
                        told.deleted());
        if (newer > 0) {
            sql.change(
                    """
                    insert into subject (region, id, sequence) values (?, ?, ?)
                    on conflict (region, id) do update set sequence = excluded.sequence
                    """,
                    told.region(),
                    told.subject(),
                    told.sequence());
        }
    }

    @Override
    public List<Told> told(String kind, Optional<Told> after, int limit) {
        return list(kind, after, limit, "");
    }

    @Override
    public List<Told> newest(String kind, Optional<Told> after, int limit) {
        return list(
                kind,
                after,
                limit,
                """
                and not exists (
                    select 1 from told_record other
                    where other.kind = told_record.kind and other.subject = told_record.subject
                    and (other.revision > told_record.revision
                        or (other.revision = told_record.revision
                            and other.region < told_record.region)))
                """);
    }

    private List<Told> list(String kind, Optional<Told> after, int limit, String which) {
        return sql.list(
                """
                select * from told_record
                where kind = ? and (subject, region) > (?, ?) %s
                order by subject, region limit ?
                """
                        .formatted(which),
                JdbcRestoration::told,
                kind,
                after.map(Told::subject).orElse(""),
                after.map(it -> it.region().value()).orElse(""),
                limit);
    }

    private static Told told(ResultSet row) throws SQLException {
        return new Told(
                row.getString("kind"),
                row.getString("subject"),
                new RegionId(row.getString("region")),
                row.getLong("revision"),
                row.getLong("sequence"),
                row.getBoolean("deleted"));
    }

    @Override
    public int regions(Told told) {
        return Math.toIntExact(
                sql.number(
                        """
                        select count(*) from told_record
                        where kind = ? and subject = ? and revision = ?
                        """,
                        told.kind(),
                        told.subject(),
                        told.revision()));
    }

    @Override
    public void revised(Counted what, String id, long revision) {
        String text =
                switch (what) {
                    case ACCOUNT -> "update account set revision = ? where id = ?";
                    case USER -> "update account_user set revision = ? where id = ?";
                    case REGION -> "update region set rules_revision = ? where id = ?";
                    case KEY -> "update kms_key set revision = ? where id = ?";
                };
        sql.change(text, revision, id);
    }

    @Override
    public void shared(Image image, AccountId account, Instant since) {
        new JdbcImageShares(sql).add(image, account, since);
    }

    @Override
    public void damaged(Parts.Part part, String damage) {
        sql.change(
                "insert into damaged_part (part, damage) values (?, ?) on conflict do nothing",
                part.id(),
                damage);
    }

    @Override
    public Optional<String> damage(Parts.Part part) {
        return sql.first(
                "select damage from damaged_part where part = ?",
                row -> row.getString(1),
                part.id());
    }

    @Override
    public void end() {
        sql.change("delete from told_record");
        sql.change("delete from damaged_part");
        sql.change("update stored_object set suspect = 1 where kind = 'SEGMENT' and loose = 0");
    }
}
