package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;

/// The tables `part`, `part_object` and `snapshot_part`.
record JdbcParts(Sql sql) implements Parts {
    private static final String PART =
            """
            select part.id, scope.account, scope.region, scope.key,
                scope.key_version, part.digest, part.content_bytes,
                stored_object.id as manifest
            from part join scope on scope.id = part.scope
            join stored_object on stored_object.number = part.manifest
            """;

    private static final String NUMBERED =
            """
            select snapshot_part.number, part.id, scope.account, scope.region, scope.key,
                scope.key_version, part.digest,
                part.content_bytes, stored_object.id as manifest
            from snapshot_part join part on part.id = snapshot_part.part
            join scope on scope.id = part.scope
            join stored_object on stored_object.number = part.manifest
            """;

    private static Part part(ResultSet row) throws SQLException {
        return new Part(
                row.getLong("id"),
                Scopes.of(row),
                Digest.of(row.getBytes("digest")),
                Columns.object(row, "manifest"),
                row.getLong("content_bytes"));
    }

    @Override
    public Optional<Part> find(Scope scope, Digest digest) {
        return new Scopes(sql)
                .find(scope)
                .flatMap(number ->
                        sql.first(
                                PART
                                        + """
                                        where part.scope = ? and part.digest = ?
                                        and part.heal_at is null
                                        """,
                                JdbcParts::part,
                                number,
                                digest));
    }

    @Override
    public Optional<Part> any(Scope scope, Digest digest) {
        return new Scopes(sql).find(scope).flatMap(number -> find(number, digest));
    }

    private Optional<Part> find(long scope, Digest digest) {
        return sql.first(
                PART + " where part.scope = ? and part.digest = ?", JdbcParts::part, scope, digest);
    }

    @Override
    public Optional<Part> add(
            Scope scope,
            Digest digest,
            ObjectId manifest,
            long contentBytes,
            Collection<ObjectId> needs) {
        long number = new Scopes(sql).number(scope);
        Optional<Part> before = find(number, digest);
        if (before.isPresent()) {
            return new JdbcDamage(sql).ails(scope, digest)
                    ? renew(before.get(), manifest, needs)
                    : before;
        }
        Set<ObjectId> all = new HashSet<>(needs);
        all.add(manifest);
        return insert(number, digest, manifest, contentBytes)
                .filter(part -> needsOnlyLive(part, all))
                .flatMap(_ -> find(number, digest));
    }

    private Optional<Long> insert(long scope, Digest digest, ObjectId manifest, long contentBytes) {
        return sql
                .changed(
                        """
                        insert into part (scope, region, digest, manifest, content_bytes)
                        select scope.id, scope.region, ?, stored_object.number, ?
                        from scope, stored_object
                        where scope.id = ? and stored_object.id = ? and stored_object.state = 'LIVE'
                        and stored_object.lost = 0
                        returning id
                        """,
                        row -> row.getLong(1),
                        digest,
                        contentBytes,
                        scope,
                        manifest)
                .stream()
                .findFirst();
    }

    /// Enters what the part needs; if one of it is not live, takes the part back again.
    private boolean needsOnlyLive(long part, Set<ObjectId> needs) {
        int live =
                sql.changeEach(
                        """
                        insert into part_object
                        select ?, number from stored_object where id = ? and state = 'LIVE' and lost = 0
                        """,
                        needs.stream().sorted().map(id -> new Object[] {part, id}).toList());
        if (live < needs.size()) {
            sql.change("delete from part where id = ?", part);
        }
        return live == needs.size();
    }

    @Override
    public Optional<Part> renew(Part part, ObjectId manifest, Collection<ObjectId> needs) {
        Set<ObjectId> all = new HashSet<>(needs);
        all.add(manifest);
        if (find(part.id()).isEmpty() || !areGood(all)) {
            return Optional.empty();
        }
        sql.changeEach(
                """
                insert into part_object select ?, number from stored_object where id = ?
                on conflict do nothing
                """,
                all.stream().sorted().map(id -> new Object[] {part.id(), id}).toList());
        sql.change(
                """
                update part set damage = null, heal_at = null,
                    manifest = (select number from stored_object where id = ?)
                where id = ?
                """,
                manifest,
                part.id());
        for (ObjectId former : needs(part)) {
            if (!all.contains(former)) {
                sql.change(
                        """
                        delete from part_object where part = ?
                        and object = (select number from stored_object where id = ?)
                        """,
                        part.id(),
                        former);
            }
        }
        return find(part.id());
    }

    /// Whether all of these can be needed.
    boolean areGood(Collection<ObjectId> objects) {
        return objects.stream()
                .allMatch(id ->
                        sql.exists(
                                """
                                select 1 from stored_object
                                where id = ? and state = 'LIVE' and lost = 0
                                """,
                                id));
    }

    /// A part of another scope is nothing that this snapshot's region holds, so it is not taken.
    @Override
    public void attach(SnapshotId snapshot, int number, Part part) {
        int attached =
                sql.change(
                        """
                        insert into snapshot_part
                        select snapshot.id, ?, part.id, part.scope, snapshot.bytes, snapshot.created
                        from part join scope on scope.id = part.scope
                        join snapshot on snapshot.account = scope.account
                            and snapshot.region = scope.region
                            and snapshot.key is not distinct from scope.key
                            and snapshot.key_version
                                is not distinct from scope.key_version
                        where part.id = ? and snapshot.id = ?
                        on conflict (snapshot, number) do update set part = excluded.part
                        """,
                        number,
                        part.id(),
                        snapshot);
        if (attached == 0) {
            throw new IllegalStateException(
                    "part %d of %s can't be %s: one of both is gone, or their scopes differ"
                            .formatted(number, snapshot, part));
        }
    }

    @Override
    public OptionalLong attachKnown(TaskId task, Scope scope, long from, int limit) {
        List<Long> onOffer =
                sql.list(
                        """
                        select id from piece
                        where task = ? and id >= ? and snapshot is not null and claim is null
                        order by id limit ?
                        """,
                        row -> row.getLong(1),
                        task,
                        from,
                        limit);
        if (onOffer.isEmpty()) {
            return OptionalLong.empty();
        }
        long last = onOffer.getLast();
        new Scopes(sql).find(scope).ifPresent(number -> attachKnown(task, number, from, last));
        return onOffer.size() < limit ? OptionalLong.empty() : OptionalLong.of(last + 1);
    }

    private void attachKnown(TaskId task, long scope, long first, long last) {
        sql.change(
                """
                insert into snapshot_part
                select piece.snapshot, piece.number, part.id, part.scope, snapshot.bytes,
                    snapshot.created
                from piece join part on part.scope = ? and part.digest = piece.name
                    and part.heal_at is null
                join snapshot on snapshot.id = piece.snapshot
                where piece.task = ? and piece.claim is null and piece.id between ? and ?
                on conflict (snapshot, number) do nothing
                """,
                scope,
                task,
                first,
                last);
        List<Long> uncounted =
                sql.changed(
                        """
                        delete from piece
                        where task = ? and claim is null and id between ? and ? and exists (
                            select 1 from snapshot_part
                            where snapshot_part.snapshot = piece.snapshot
                            and snapshot_part.number = piece.number)
                        returning bytes - counted
                        """,
                        row -> Math.max(0, row.getLong(1)),
                        task,
                        first,
                        last);
        long more = uncounted.stream().mapToLong(Long::longValue).sum();
        new JdbcTasks(sql).addProgress(task, new Progress(0, more, 0, 0));
    }

    @Override
    public Optional<Part> of(SnapshotId snapshot, int number) {
        return sql.first(
                NUMBERED + " where snapshot_part.snapshot = ? and snapshot_part.number = ?",
                JdbcParts::part,
                snapshot,
                number);
    }

    @Override
    public List<Numbered> of(SnapshotId snapshot) {
        return sql.list(
                NUMBERED + " where snapshot_part.snapshot = ? order by snapshot_part.number",
                row -> new Numbered(row.getInt("number"), part(row)),
                snapshot);
    }

    @Override
    public List<SnapshotId> having(Part part) {
        return sql.list(
                "select snapshot from snapshot_part where part = ? order by snapshot",
                row -> new SnapshotId(row.getString(1)),
                part.id());
    }

    @Override
    public Optional<Part> nearest(Scope scope, int number, long diskBytes) {
        return new Scopes(sql)
                .find(scope)
                .flatMap(in ->
                        ofEqualDisk(in, number, diskBytes)
                                .or(() -> newest(in, number))
                                .flatMap(this::find));
    }

    private Optional<Long> ofEqualDisk(long scope, int number, long diskBytes) {
        return sql.first(
                """
                select part from snapshot_part
                where scope = ? and number = ? and disk_bytes = ?
                order by created desc, snapshot limit 1
                """,
                row -> row.getLong(1),
                scope,
                number,
                diskBytes);
    }

    private Optional<Long> newest(long scope, int number) {
        return sql.first(
                """
                select part from snapshot_part where scope = ? and number = ?
                order by created desc, snapshot limit 1
                """,
                row -> row.getLong(1),
                scope,
                number);
    }

    Optional<Part> find(long id) {
        return sql.first(PART + " where part.id = ?", JdbcParts::part, id);
    }

    @Override
    public List<ObjectId> needs(Part part) {
        return sql.list(
                """
                select stored_object.id from part_object
                join stored_object on stored_object.number = part_object.object
                where part_object.part = ? order by part_object.object
                """,
                row -> Columns.object(row, "id"),
                part.id());
    }

    @Override
    public Optional<Stored> stored(ImageId image, int most) {
        return new StoredImage(sql, image).weigh(most);
    }

    @Override
    public int removeUnattached(RegionId region, int limit) {
        return sql.change(
                """
                delete from part where id in (
                    select id from part where region = ? and loose = 1 order by id limit ?)
                """,
                region,
                limit);
    }
}
