package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.ImageId;

/// Weighs the objects that an image's parts need: from its disks along `snapshot_part` and
/// `part_object` to the objects, and from each of these back to other snapshots, until one is found.
record StoredImage(Sql sql, ImageId image) {
    private static final String NEEDS =
            """
            from disk join snapshot_part on snapshot_part.snapshot = disk.snapshot
            join part_object on part_object.part = snapshot_part.part
            where disk.image = ?
            """;

    /// @return nothing if parts need objects more than `most` times
    Optional<Parts.Stored> weigh(int most) {
        long needs =
                sql.number(
                        "select count(*) from (select 1 %s limit ?) as needs".formatted(NEEDS),
                        image,
                        most + 1L);
        return needs > most ? Optional.empty() : Optional.of(weigh(snapshotsThatGo()));
    }

    private Parts.Stored weigh(List<String> snapshots) {
        return sql.list(
                        """
                        select coalesce(sum(bytes), 0), coalesce(sum(case when exists (
                            select 1 from part_object
                            join snapshot_part on snapshot_part.part = part_object.part
                            where part_object.object = stored_object.number and not %s
                            ) then bytes else 0 end), 0)
                        from stored_object where number in (select part_object.object %s)
                        """
                                .formatted(sql.dialect().in("snapshot_part.snapshot"), NEEDS),
                        row -> new Parts.Stored(row.getLong(1), row.getLong(2)),
                        sql.dialect().members(snapshots),
                        image)
                .getFirst();
    }

    /// Those that nothing keeps when the image goes: disks of no other image.
    private List<String> snapshotsThatGo() {
        return sql.list(
                """
                select distinct snapshot from disk where image = ? and not exists (
                    select 1 from disk other
                    where other.snapshot = disk.snapshot and other.image <> disk.image)
                """,
                row -> row.getString(1),
                image);
    }
}
