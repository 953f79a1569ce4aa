package org.imageferry.catalog.jdbc;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// The columns `suspect` and `dead` of the table `stored_object`. Triggers set the first.
record JdbcCompaction(Sql sql) implements Compaction {
    @Override
    public List<Suspect> suspects(RegionId region, long after, int limit) {
        return sql.list(
                JdbcStoredObjects.OBJECT
                        + """
                        where stored_object.region = ? and suspect = 1 and loose = 0 and number > ?
                        order by number limit ?
                        """,
                row -> new Suspect(row.getLong("number"), JdbcStoredObjects.object(row)),
                region,
                after,
                limit);
    }

    @Override
    public List<Parts.Part> users(ObjectId object, int limit) {
        JdbcParts parts = new JdbcParts(sql);
        return sql
                .list(
                        """
                        select part_object.part from stored_object
                        join part_object on part_object.object = stored_object.number
                        where stored_object.id = ? order by part_object.part limit ?
                        """,
                        row -> row.getLong(1),
                        object,
                        limit)
                .stream()
                .map(part -> parts.find(part).orElseThrow())
                .toList();
    }

    @Override
    public void examined(ObjectId segment, long deadBytes) {
        sql.change(
                "update stored_object set suspect = 0, dead = ? where id = ?", deadBytes, segment);
    }

    @Override
    public void moved(Scope scope, ObjectId segment, List<Digest> names, Collection<ObjectId> old) {
        JdbcBlockIndex index = new JdbcBlockIndex(sql);
        index.forget(scope, names, old);
        index.add(scope, segment, names);
    }

    @Override
    public void needInstead(Parts.Part part, Set<ObjectId> old, Set<ObjectId> instead) {
        for (ObjectId segment : instead.stream().sorted().toList()) {
            if (!sql.exists(
                    "select 1 from stored_object where id = ? and state = 'LIVE'", segment)) {
                throw new IllegalStateException(
                        "part %s can't need %s, which is not live"
                                .formatted(part.digest(), segment));
            }
            sql.change(
                    """
                    insert into part_object select ?, number from stored_object where id = ?
                    on conflict (part, object) do nothing
                    """,
                    part.id(),
                    segment);
        }
        for (ObjectId segment : old.stream().sorted().toList()) {
            sql.change(
                    """
                    delete from part_object
                    where part = ? and object = (select number from stored_object where id = ?)
                    """,
                    part.id(),
                    segment);
        }
    }

    @Override
    public Dead dead(RegionId region) {
        return new Dead(
                sql.number(
                        """
                        select coalesce(sum(dead), 0) from stored_object
                        where region = ? and dead > 0 and loose = 0
                        """,
                        region),
                sql.list(
                                """
                                select count(*), coalesce(sum(bytes), 0) from stored_object
                                where region = ? and suspect = 1 and loose = 0
                                """,
                                row -> new StoredObjects.Sum(row.getLong(1), row.getLong(2)),
                                region)
                        .getFirst());
    }
}
