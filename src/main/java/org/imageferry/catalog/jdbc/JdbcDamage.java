package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.SnapshotId;

/// The table `bad_block`, and what `stored_object` and `part` say of damage.
record JdbcDamage(Sql sql) implements Damage {
    private record Live(long number, long scope, String region) {}

    /// Usually nothing is bad in the whole region, and no object is looked up.
    @Override
    public Places among(RegionId region, Collection<ObjectId> objects) {
        Set<ObjectId> lost = new HashSet<>();
        if (sql.exists(
                "select 1 from stored_object where region = ? and lost = 1 limit 1", region)) {
            objects.stream().filter(this::isLost).forEach(lost::add);
        }
        Set<BlockLocation> blocks = new HashSet<>();
        if (sql.exists("select 1 from bad_block where region = ? limit 1", region)) {
            objects.forEach(object -> addBlocks(object, blocks));
        }
        return new Places(lost, blocks);
    }

    private boolean isLost(ObjectId object) {
        return sql.exists("select 1 from stored_object where id = ? and lost = 1", object);
    }

    private void addBlocks(ObjectId object, Set<BlockLocation> into) {
        into.addAll(
                sql.list(
                        """
                        select ordinal from bad_block
                        join stored_object on stored_object.number = bad_block.object
                        where stored_object.id = ?
                        """,
                        row -> new BlockLocation(object, row.getInt(1)),
                        object));
    }

    @Override
    public boolean bad(ObjectId segment, Map<Integer, Digest> names) {
        Optional<Live> live = live(segment);
        if (live.isEmpty()) {
            return false;
        }
        int news = 0;
        for (Map.Entry<Integer, Digest> block : names.entrySet()) {
            news += addBad(live.get(), block.getKey());
            new JdbcBlockIndex(sql)
                    .remove(
                            live.get().scope(),
                            live.get().number(),
                            block.getKey(),
                            block.getValue());
        }
        if (news > 0) {
            makeAil(live.get());
        }
        return news > 0;
    }

    private int addBad(Live segment, int ordinal) {
        return sql.change(
                """
                insert into bad_block (object, ordinal, region, found) values (?, ?, ?, ?)
                on conflict do nothing
                """,
                segment.number(),
                ordinal,
                segment.region(),
                sql.now());
    }

    private Optional<Live> live(ObjectId object) {
        return sql.first(
                "select number, scope, region from stored_object where id = ? and state = 'LIVE'",
                row -> new Live(row.getLong(1), row.getLong(2), row.getString(3)),
                object);
    }

    @Override
    public boolean lost(ObjectId object) {
        boolean news =
                sql.change(
                                """
                                update stored_object set lost = 1
                                where id = ? and state = 'LIVE' and lost = 0
                                """,
                                object)
                        > 0;
        if (news) {
            live(object).ifPresent(this::makeAil);
        }
        return news;
    }

    /// One that waits to be tried again is looked at now: what was found may change what is wrong.
    private void makeAil(Live object) {
        sql.change(
                """
                update part set heal_at = ?
                where id in (select part from part_object where object = ?)
                """,
                sql.now(),
                object.number());
        sql.ring(new RegionId(object.region()));
    }

    @Override
    public void right(ObjectId segment, Map<Integer, Digest> names) {
        Optional<Live> live = live(segment);
        if (live.isEmpty()) {
            return;
        }
        names.forEach((ordinal, name) -> {
            sql.change(
                    "delete from bad_block where object = ? and ordinal = ?",
                    live.get().number(),
                    ordinal);
            new JdbcBlockIndex(sql).add(live.get().scope(), live.get().number(), ordinal, name);
        });
    }

    @Override
    public void back(ObjectId object) {
        sql.change("update stored_object set lost = 0 where id = ? and lost = 1", object);
    }

    @Override
    public Optional<Parts.Part> ailing(RegionId region) {
        return sql.first(
                        """
                        select id from part where region = ? and heal_at <= ?
                        order by heal_at limit 1
                        """,
                        row -> row.getLong(1),
                        region,
                        sql.now())
                .flatMap(new JdbcParts(sql)::find);
    }

    @Override
    public boolean ails(Scope scope, Digest part) {
        return new Scopes(sql)
                .find(scope)
                .filter(number ->
                        sql.exists(
                                """
                                select 1 from part
                                where scope = ? and digest = ? and heal_at is not null
                                """,
                                number,
                                part))
                .isPresent();
    }

    @Override
    public boolean needToo(Collection<ObjectId> bad, Collection<ObjectId> instead) {
        if (!new JdbcParts(sql).areGood(instead)) {
            return false;
        }
        for (ObjectId object : instead) {
            for (ObjectId from : bad) {
                sql.change(
                        """
                        insert into part_object
                        select part_object.part, new.number
                        from part_object join part on part.id = part_object.part
                        join stored_object old on old.number = part_object.object
                        join stored_object new on new.id = ?
                        where old.id = ? and part.heal_at is not null
                        on conflict do nothing
                        """,
                        object,
                        from);
            }
        }
        return true;
    }

    @Override
    public void incurable(Parts.Part part, String damage, Instant next) {
        sql.change("update part set damage = ?, heal_at = ? where id = ?", damage, next, part.id());
    }

    @Override
    public void postpone(Parts.Part part, Instant next) {
        sql.change(
                "update part set heal_at = ? where id = ? and heal_at is not null",
                next,
                part.id());
    }

    @Override
    public void whole(Parts.Part part) {
        sql.change("update part set damage = null, heal_at = null where id = ?", part.id());
        sql.change(
                """
                update stored_object set suspect = 1
                where number in (select object from part_object where part = ?)
                and suspect = 0 and kind = 'SEGMENT'
                """,
                part.id());
    }

    @Override
    public Optional<String> of(SnapshotId snapshot) {
        return sql.first(
                """
                select part.damage from snapshot_part join part on part.id = snapshot_part.part
                where snapshot_part.snapshot = ? and part.damage is not null
                order by snapshot_part.number limit 1
                """,
                row -> row.getString(1),
                snapshot);
    }

    @Override
    public Standing standing(RegionId region) {
        return new Standing(
                sql.number("select count(*) from bad_block where region = ?", region),
                sql.number(
                        "select count(*) from stored_object where region = ? and lost = 1", region),
                sql.number(
                        """
                        select count(*) from part
                        where region = ? and heal_at is not null and damage is not null
                        """,
                        region),
                sql.number(
                        """
                        select coalesce(sum(images), 0) from image_count
                        where region = ? and state = 'UnAvailable'
                        """,
                        region),
                sql.first(
                        """
                        select checked from stored_object where region = ? and state = 'LIVE'
                        order by checked limit 1
                        """,
                        row -> Instant.ofEpochMilli(row.getLong(1)),
                        region));
    }
}
