package org.imageferry.catalog.jdbc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.imageferry.catalog.BlockIndex;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The table `block`.
///
/// How an object's rows go when it is condemned: to find them by object would take a second index,
/// as large as the table. So they stay at first, and are *stale*: [#find] looks past them, for it
/// joins live objects only, and [#add] puts new rows in their place. [#sweep] then walks through the
/// names of the scope, a bounded stretch at a time, and removes what is stale. As numbers of objects
/// are never used again, a stale row never leads to another object.
record JdbcBlockIndex(Sql sql) implements BlockIndex {
    /// A sweep of as many rows holds the writer for about 10 ms.
    static final int ROWS_PER_SWEEP = 5_000;

    private static final String ADD =
            """
            insert into block values (?, ?, ?, ?)
            on conflict (scope, name) do update
            set object = excluded.object, ordinal = excluded.ordinal
            where not exists (
                select 1 from stored_object
                where stored_object.number = block.object and stored_object.state = 'LIVE'
                and stored_object.lost = 0)
            """;

    private static final ByteBuffer BEFORE_ALL = ByteBuffer.allocate(0);

    /// In the order of the table: neighbours share pages. SQLite takes a cross join as it stands: else it would
    /// go through all of the scope's rows, to look each up among the names. Source: sqlite.org, "The SQLite Query
    /// Optimizer Overview", "Manual Control Of Query Plans Using CROSS JOIN".
    @Override
    public Map<Digest, BlockLocation> find(Scope scope, Collection<Digest> names) {
        Map<Digest, BlockLocation> found = new HashMap<>();
        Optional<Long> number = new Scopes(sql).find(scope);
        if (number.isPresent() && !names.isEmpty()) {
            find(number.get(), names.stream().sorted().toList(), found);
        }
        return found;
    }

    private void find(long scope, List<Digest> names, Map<Digest, BlockLocation> found) {
        sql.list(
                        """
                        select listed.place, stored_object.id, block.ordinal
                        from %s
                        cross join block
                        join stored_object on stored_object.number = block.object
                        where block.scope = ? and block.name = listed.name
                        and stored_object.state = 'LIVE' and stored_object.lost = 0
                        """
                                .formatted(sql.dialect().listed()),
                        row ->
                                Map.entry(
                                        names.get(row.getInt(1) - 1),
                                        new BlockLocation(
                                                ObjectId.of(ByteBuffer.wrap(row.getBytes(2))),
                                                row.getInt(3))),
                        sql.dialect().keys(names.stream().map(JdbcBlockIndex::key).toList()),
                        scope)
                .forEach(it -> found.put(it.getKey(), it.getValue()));
    }

    @Override
    public void add(Scope scope, ObjectId segment, List<Digest> names) {
        long number = new Scopes(sql).number(scope);
        long object = number(segment);
        List<Object[]> rows = new ArrayList<>(names.size());
        IntStream.range(0, names.size())
                .boxed()
                .sorted(Comparator.comparing(names::get))
                .forEach(i -> rows.add(new Object[] {number, key(names.get(i)), object, i}));
        sql.changeEach(ADD, rows);
    }

    /// Enters one block of a live object.
    void add(long scope, long object, int ordinal, Digest name) {
        sql.change(ADD, scope, key(name), object, ordinal);
    }

    /// Takes a block out if the index leads to it there.
    void remove(long scope, long object, int ordinal, Digest name) {
        sql.change(
                "delete from block where scope = ? and name = ? and object = ? and ordinal = ?",
                scope,
                key(name),
                object,
                ordinal);
    }

    /// Removes the rows of these names that lead to one of `segments`.
    void forget(Scope scope, Collection<Digest> names, Collection<ObjectId> segments) {
        long in = new Scopes(sql).number(scope);
        Set<Long> objects =
                segments.stream().map(this::number).collect(Collectors.toUnmodifiableSet());
        for (Digest name : names.stream().sorted().toList()) {
            sql.first(
                            "select object from block where scope = ? and name = ?",
                            row -> row.getLong(1),
                            in,
                            key(name))
                    .filter(objects::contains)
                    .ifPresent(_ ->
                            sql.change(
                                    "delete from block where scope = ? and name = ?",
                                    in,
                                    key(name)));
        }
    }

    private long number(ObjectId segment) {
        return sql.first(
                        "select number from stored_object where id = ? and state <> 'CONDEMNED'",
                        row -> row.getLong(1),
                        segment)
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no blocks can be entered for %s: it is unknown or condemned"
                                        .formatted(segment)));
    }

    private static byte[] key(Digest name) {
        return ByteBuffer.allocate(Dialect.KEY_BYTES).putLong(name.a()).putLong(name.b()).array();
    }

    /// Notes that rows of this scope may have become stale.
    void stale(long scope) {
        sql.change(
                "update scope set dirty_since = ? where id = ? and dirty_since is null",
                sql.now(),
                scope);
    }

    /// Removes the stale rows among the next few of one scope of the region that may have any. A sweep
    /// that was begun is ended first; then comes the scope that waits longest.
    void sweep(RegionId region) {
        record Unswept(long scope, ByteBuffer after) {}
        sql.first(
                        """
                        select id, swept from scope
                        where region = ? and (dirty_since is not null or swept is not null)
                        order by swept is null, dirty_since, id limit 1
                        """,
                        row ->
                                new Unswept(
                                        row.getLong(1),
                                        Optional.ofNullable(row.getBytes(2))
                                                .map(ByteBuffer::wrap)
                                                .orElse(BEFORE_ALL)),
                        region)
                .ifPresent(unswept -> sweep(unswept.scope(), unswept.after().array()));
    }

    private void sweep(long scope, byte[] after) {
        if (after.length == 0) { // from now on, what is condemned is for the next sweep
            sql.change("update scope set dirty_since = null where id = ?", scope);
        }
        Optional<byte[]> last =
                sql.first(
                        """
                        select name from block where scope = ? and name > ?
                        order by name limit 1 offset ?
                        """,
                        row -> row.getBytes(1),
                        scope,
                        after,
                        ROWS_PER_SWEEP - 1);
        sql.change(
                """
                delete from block where scope = ? and name > ? and name <= ?
                and not exists (
                    select 1 from stored_object
                    where number = block.object and state <> 'CONDEMNED')
                """,
                scope,
                after,
                last.orElseGet(JdbcBlockIndex::afterAll));
        sql.change("update scope set swept = ? where id = ?", last, scope);
    }

    private static byte[] afterAll() {
        byte[] highest = new byte[Dialect.KEY_BYTES];
        Arrays.fill(highest, (byte) 0xff);
        return highest;
    }
}
