package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The tables `stored_object` and `stored_sum`.
record JdbcStoredObjects(Sql sql) implements StoredObjects {
    static final String OBJECT =
            """
            select stored_object.*, scope.account, scope.key, scope.key_version
            from stored_object join scope on scope.id = stored_object.scope
            """;

    static StoredObject object(ResultSet row) throws SQLException {
        return new StoredObject(
                Columns.object(row, "id"),
                Scopes.of(row),
                Kind.valueOf(row.getString("kind")),
                State.valueOf(row.getString("state")),
                row.getLong("bytes"));
    }

    @Override
    public void reserve(long claim, Scope scope, Kind kind, Collection<ObjectId> ids) {
        long number = new Scopes(sql).number(scope);
        sql.changeEach(
                """
                insert into stored_object (id, scope, region, kind, state, claim, bytes)
                values (?, ?, ?, ?, 'WRITING', ?, 0)
                """,
                ids.stream()
                        .map(id -> new Object[] {id, number, scope.region(), kind, claim})
                        .toList());
    }

    /// Saying it twice does no harm.
    @Override
    public boolean written(ObjectId id, long bytes) {
        sql.change(
                """
                update stored_object set state = 'LIVE', bytes = ?, checked = ?
                where id = ? and state = 'WRITING'
                """,
                bytes,
                sql.now(),
                id);
        return sql.exists("select 1 from stored_object where id = ? and state = 'LIVE'", id);
    }

    @Override
    public Optional<StoredObject> find(ObjectId id) {
        return sql.first(OBJECT + " where stored_object.id = ?", JdbcStoredObjects::object, id);
    }

    /// Candidates are the loose objects alone, which the triggers keep apart: garbage, and what is
    /// being made just now.
    @Override
    public int condemn(RegionId region, int limit) {
        List<Long> scopes =
                sql.changed(
                        """
                        update stored_object set state = 'CONDEMNED', condemned_at = ?
                        where number in (
                            select number from stored_object
                            where region = ? and state in ('WRITING', 'LIVE') and loose = 1
                            and not exists (
                                select 1 from claim
                                where claim.id = stored_object.claim and claim.until > ?)
                            limit ?)
                        returning scope
                        """,
                        row -> row.getLong(1),
                        sql.now(),
                        region,
                        sql.now(),
                        limit);
        JdbcBlockIndex index = new JdbcBlockIndex(sql);
        Set.copyOf(scopes).forEach(index::stale);
        index.sweep(region);
        return scopes.size();
    }

    @Override
    public List<StoredObject> condemned(RegionId region, Instant instant, int limit) {
        return condemned(region, instant, "bytes > 0", limit);
    }

    @Override
    public List<StoredObject> unwritten(RegionId region, Instant instant, int limit) {
        return condemned(region, instant, "bytes = 0", limit);
    }

    private List<StoredObject> condemned(
            RegionId region, Instant instant, String which, int limit) {
        return sql.list(
                OBJECT
                        + """
                        where stored_object.region = ? and state = 'CONDEMNED' and condemned_at <= ?
                        and %s
                        order by condemned_at, number limit ?
                        """
                                .formatted(which),
                JdbcStoredObjects::object,
                region,
                instant,
                limit);
    }

    @Override
    public void remove(ObjectId id) {
        sql.change("delete from stored_object where id = ?", id);
    }

    @Override
    public Set<ObjectId> unknown(RegionId region, Collection<ObjectId> ids) {
        Set<ObjectId> unknown = new HashSet<>(ids);
        unknown.removeIf(id ->
                sql.exists("select 1 from stored_object where id = ? and region = ?", id, region));
        return unknown;
    }

    @Override
    public List<StoredObject> live(RegionId region, Optional<ObjectId> after, int limit) {
        return sql.list(
                OBJECT
                        + """
                        where stored_object.region = ? and state = 'LIVE' and stored_object.id > ?
                        order by stored_object.id limit ?
                        """,
                JdbcStoredObjects::object,
                region,
                after.<Object>map(id -> id).orElse(new byte[0]),
                limit);
    }

    @Override
    public Optional<StoredObject> unchecked(RegionId region, Instant before, int skip) {
        return sql.first(
                OBJECT
                        + """
                        where stored_object.region = ? and state = 'LIVE' and checked < ?
                        order by checked, number limit 1 offset ?
                        """,
                JdbcStoredObjects::object,
                region,
                before,
                skip);
    }

    @Override
    public void checked(ObjectId id) {
        sql.change("update stored_object set checked = ? where id = ?", sql.now(), id);
    }

    @Override
    public Usage usage(RegionId region) {
        return new Usage(
                sum(region, State.LIVE, false),
                sum(region, State.LIVE, true),
                sum(region, State.CONDEMNED, true));
    }

    @Override
    public long storedBytes(AccountId account, RegionId region) {
        return sql.list(
                        """
                        select coalesce(sum(bytes), 0) from stored_sum
                        where scope in (
                            select id from scope
                            where account = ? and region = ? and key is null
                            union all
                            select id from scope
                            where account = ? and region = ? and key is not null)
                        """,
                        row -> row.getLong(1),
                        account,
                        region,
                        account,
                        region)
                .getFirst();
    }

    private Sum sum(RegionId region, State state, boolean loose) {
        return sql.list(
                        """
                        select count(*), coalesce(sum(bytes), 0) from stored_object
                        where region = ? and state = ? and loose = ? and bytes > 0
                        """,
                        row -> new Sum(row.getLong(1), row.getLong(2)),
                        region,
                        state,
                        loose)
                .getFirst();
    }
}
