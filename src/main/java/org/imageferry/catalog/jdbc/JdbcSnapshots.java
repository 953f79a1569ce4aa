package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Snapshots;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Description;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;

/// The table `snapshot`, with `snapshot_tag`.
record JdbcSnapshots(Sql sql) implements Snapshots {
    private static final String USED =
            "exists (select 1 from disk where disk.snapshot = snapshot.id)";
    private static final String SYSTEM =
            "exists (select 1 from disk where disk.snapshot = snapshot.id and number = 0)";
    private static final String DATA =
            "exists (select 1 from disk where disk.snapshot = snapshot.id and number > 0)";

    @Override
    public void insert(Snapshot snapshot) {
        sql.change(
                """
                insert into snapshot (id, account, region, name, bytes, digest, created,
                    source_snapshot, source_region, description, resource_group, makes_images,
                    damage, retention_days, expires, revision, key, key_version)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                snapshot.id(),
                snapshot.account(),
                snapshot.region(),
                snapshot.name(),
                snapshot.bytes(),
                snapshot.digest(),
                snapshot.created(),
                snapshot.source().map(Snapshot.Source::snapshot),
                snapshot.source().map(Snapshot.Source::region),
                snapshot.attributes().description(),
                Columns.group(snapshot.attributes().group(), snapshot.account()),
                snapshot.attributes().makesImages(),
                snapshot.damage(),
                snapshot.attributes().retentionDays(),
                snapshot.expires(),
                snapshot.revision(),
                snapshot.key().map(KeyVersion::key),
                snapshot.key().map(KeyVersion::version));
        TagRows.insert(sql, snapshot.id(), snapshot.attributes().tags());
    }

    @Override
    public Optional<Snapshot> find(SnapshotId id) {
        return load(List.of(id.value())).stream().findFirst();
    }

    @Override
    public void update(Snapshot snapshot) {
        int changed =
                sql.change(
                        """
                        update snapshot set name = ?, bytes = ?, digest = ?, description = ?,
                            resource_group = ?, makes_images = ?, damage = ?,
                            retention_days = ?, expires = ?, revision = ?
                        where id = ?
                        """,
                        snapshot.name(),
                        snapshot.bytes(),
                        snapshot.digest(),
                        snapshot.attributes().description(),
                        Columns.group(snapshot.attributes().group(), snapshot.account()),
                        snapshot.attributes().makesImages(),
                        snapshot.damage(),
                        snapshot.attributes().retentionDays(),
                        snapshot.expires(),
                        snapshot.revision(),
                        snapshot.id());
        if (changed == 0) {
            throw new IllegalStateException("there is no snapshot " + snapshot.id() + " to update");
        }
        sql.change("delete from snapshot_tag where snapshot = ?", snapshot.id());
        TagRows.insert(sql, snapshot.id(), snapshot.attributes().tags());
        sql.change(
                "update snapshot_part set disk_bytes = ? where snapshot = ? and disk_bytes <> ?",
                snapshot.bytes(),
                snapshot.id(),
                snapshot.bytes());
    }

    /// Asks first, so that the caller learns which it was; the references in the tables are the guard.
    @Override
    public void delete(SnapshotId id) {
        if (new JdbcImages(sql).uses(id) || isRead(id)) {
            throw new RefusedException(new Refusal.SnapshotInUse(id));
        }
        sql.change(
                """
                insert into deleted_snapshot (id, account, deleted)
                select id, account, ? from snapshot where id = ?
                """,
                sql.now(),
                id);
        sql.change("delete from snapshot where id = ?", id);
    }

    @Override
    public boolean wasDeleted(SnapshotId id, AccountId account) {
        return sql.exists(
                "select 1 from deleted_snapshot where id = ? and account = ?", id, account);
    }

    @Override
    public void forgetDeleted(Instant instant, int limit) {
        sql.change(
                """
                delete from deleted_snapshot where id in (
                    select id from deleted_snapshot where deleted < ? order by deleted limit ?)
                """,
                instant,
                limit);
    }

    /// Parts are only offered of what is not whole, so nothing brings those that are.
    @Override
    public List<Snapshot> expired(RegionId region, Instant instant, int limit) {
        return load(
                sql.list(
                        """
                        select id from snapshot
                        where region = ? and expires <= ? and digest is not null
                            and not exists (select 1 from disk where disk.snapshot = snapshot.id)
                            and not exists (
                                select 1 from task_source where task_source.snapshot = snapshot.id)
                        order by expires limit ?
                        """,
                        row -> row.getString(1),
                        region,
                        instant,
                        limit));
    }

    @Override
    public long count(AccountId account, RegionId region) {
        return sql.number(
                """
                select coalesce(sum(snapshots), 0) from snapshot_count
                where account = ? and region = ?
                """,
                account,
                region);
    }

    @Override
    public Page<Snapshot> list(Query query, int offset, int limit) {
        long total = total(query);
        List<String> ids = listing(query).page(total, offset, limit);
        return new Page<>(load(ids), Math.toIntExact(total));
    }

    @Override
    public Page<Snapshot> list(Query query, Optional<Place> after, int limit) {
        Filter filter = filter(query);
        after.ifPresent(place ->
                filter.and(
                        "created <= ? and (created < ? or id > ?)",
                        place.created(),
                        place.created(),
                        place.id()));
        List<String> ids = new Listing(sql, "snapshot", filter).page(limit, 0, limit);
        return new Page<>(load(ids), Math.toIntExact(total(query)));
    }

    private long total(Query query) {
        boolean all = query.equals(Query.of(query.account(), query.region()));
        return all ? count(query.account(), query.region()) : listing(query).count();
    }

    private Listing listing(Query query) {
        return new Listing(sql, "snapshot", filter(query));
    }

    private Filter filter(Query query) {
        Filter filter =
                new Filter(sql.dialect())
                        .and("account = ? and region = ?", query.account(), query.region())
                        .in("id", query.ids());
        query.tags().forEach((key, value) -> filterTag(filter, key, value));
        Traits traits = query.traits();
        traits.name().ifPresent(name -> filterName(filter, name));
        traits.accomplished()
                .ifPresent(yes -> filter.and(yes ? "digest is not null" : "digest is null"));
        traits.used().ifPresent(yes -> filter.and((yes ? "" : "not ") + USED));
        traits.system().ifPresent(yes -> filter.and(yes ? SYSTEM : DATA));
        traits.group().ifPresent(group -> filterGroup(filter, group, query.account()));
        if (traits.encrypted()) {
            filter.and("key is not null");
        }
        traits.key().ifPresent(key -> filter.and("key = ?", key));
        traits.createdFrom().ifPresent(from -> filter.and("created >= ?", from));
        traits.createdTo().ifPresent(to -> filter.and("created <= ?", to));
        return filter;
    }

    private void filterName(Filter filter, String name) {
        if (name.contains("*")) {
            filter.and(sql.dialect().matches("name"), sql.dialect().pattern(name));
        } else {
            filter.and("name = ?", name);
        }
    }

    private static void filterTag(Filter filter, String key, String value) {
        String of =
                "exists (select 1 from snapshot_tag t where t.snapshot = snapshot.id and key = ?";
        if (value.isEmpty()) {
            filter.and(of + ")", key);
        } else {
            filter.and(of + " and value = ?)", key, value);
        }
    }

    private static void filterGroup(Filter filter, ResourceGroupId group, AccountId account) {
        Columns.group(group, account)
                .ifPresentOrElse(
                        it -> filter.and("resource_group = ?", it),
                        () -> filter.and("resource_group is null"));
    }

    private List<Snapshot> load(List<String> ids) {
        Map<String, Tags> tags = TagRows.load(sql, ResourceType.SNAPSHOT, ids);
        Map<String, Snapshot> found =
                sql
                        .list(
                                "select * from snapshot where " + sql.dialect().in("id"),
                                row ->
                                        snapshot(
                                                row,
                                                tags.getOrDefault(row.getString("id"), Tags.NONE)),
                                sql.dialect().members(ids))
                        .stream()
                        .collect(Collectors.toMap(s -> s.id().value(), Function.identity()));
        return ids.stream().filter(found::containsKey).map(found::get).toList();
    }

    private static Snapshot snapshot(ResultSet row, Tags tags) throws SQLException {
        AccountId account = new AccountId(row.getString("account"));
        Optional<RegionId> sourceRegion = Columns.text(row, "source_region").map(RegionId::new);
        return new Snapshot(
                new SnapshotId(row.getString("id")),
                account,
                new RegionId(row.getString("region")),
                new SnapshotAttributes(
                        row.getString("name"),
                        new Description(row.getString("description")),
                        Columns.group(row, account),
                        Columns.number(row, "retention_days").map(Math::toIntExact),
                        tags,
                        row.getBoolean("makes_images")),
                row.getLong("bytes"),
                Columns.digest(row, "digest"),
                Columns.instant(row, "created"),
                Columns.text(row, "source_snapshot")
                        .map(SnapshotId::new)
                        .map(id -> new Snapshot.Source(id, sourceRegion.orElseThrow())),
                Scopes.keyVersion(row),
                Columns.text(row, "damage"),
                row.getLong("revision"));
    }

    @Override
    public boolean isRead(SnapshotId id) {
        return sql.exists("select 1 from task_source where snapshot = ? limit 1", id);
    }
}
