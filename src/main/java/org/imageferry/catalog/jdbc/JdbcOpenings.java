package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.Nodes.Duty;
import org.imageferry.catalog.Openings;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// Looks at the queues, `piece`, `outbox` and `part` of regions, by their indexes.
record JdbcOpenings(Sql sql) implements Openings {
    private static final int NONE_WAITS = -1;

    /// One column for each action, then the two others; the regions are to follow.
    private static final String LOOK =
            "select region.id, "
                    + Stream.of(Work.Action.values())
                            .map(JdbcOpenings::waiting)
                            .collect(Collectors.joining(", "))
                    + """
                    , exists (select 1 from outbox where outbox.region = region.id)
                        and %s as records,
                        exists (
                            select 1 from part where part.region = region.id and heal_at <= ?)
                        and %s as ailing
                    from region where
                    """
                            .formatted(noOthers(Duty.RECORD), noOthers(Duty.HEAL));

    private static String noOthers(Duty duty) {
        return """
        not exists (
            select 1 from duty where duty.region = region.id and duty.name = '%s'
            and duty.node <> ? and duty.until > ?)\
        """
                .formatted(duty);
    }

    private static String waiting(Work.Action action) {
        return """
        case when exists (
            select 1 from task where task.region = region.id and action = '%1$s'
            and status = 'Waiting')
        then (
            select count(*) from task where task.region = region.id and action = '%1$s'
            and status = 'Processing')
        else %2$d end as %1$s\
        """
                .formatted(action, NONE_WAITS);
    }

    private record At(RegionId region, Found found) {}

    @Override
    public Map<RegionId, Found> of(Collection<RegionId> regions, String node) {
        Object members = sql.dialect().members(regions);
        Map<RegionId, Set<Work.Action>> claimable = claimable(members);
        return sql
                .list(
                        LOOK + sql.dialect().in("region.id"),
                        row -> at(row, claimable),
                        node,
                        sql.now(),
                        sql.now(),
                        node,
                        sql.now(),
                        members)
                .stream()
                .collect(Collectors.toMap(At::region, At::found));
    }

    private static At at(ResultSet row, Map<RegionId, Set<Work.Action>> claimable)
            throws SQLException {
        RegionId region = new RegionId(row.getString("id"));
        return new At(region, found(row, claimable.getOrDefault(region, Set.of())));
    }

    @Override
    public Set<Work.Action> claimable(RegionId region) {
        return claimable(sql.dialect().members(List.of(region))).getOrDefault(region, Set.of());
    }

    private static Found found(ResultSet row, Set<Work.Action> claimable) throws SQLException {
        Map<Work.Action, Integer> waiting = new EnumMap<>(Work.Action.class);
        for (Work.Action action : Work.Action.values()) {
            int running = row.getInt(action.name());
            if (running != NONE_WAITS) {
                waiting.put(action, running);
            }
        }
        return new Found(waiting, claimable, row.getBoolean("records"), row.getBoolean("ailing"));
    }

    /// A task that is claimed as a whole has no piece before its first claim.
    private Map<RegionId, Set<Work.Action>> claimable(Object regions) {
        return sql
                .list(
                        """
                        select region, action from task where %s and status = 'Processing' and (
                            exists (
                                select 1 from piece where piece.task = task.id
                                and piece.claim is null and piece.not_before <= ?)
                            or exists (
                                select 1 from claim where claim.task = task.id and claim.until <= ?)
                            or not exists (select 1 from piece where piece.task = task.id))
                        """
                                .formatted(sql.dialect().in("region")),
                        Claimable::of,
                        regions,
                        sql.now(),
                        sql.now())
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Claimable::region,
                                Collectors.mapping(Claimable::action, Collectors.toSet())));
    }

    private record Claimable(RegionId region, Work.Action action) {
        static Claimable of(ResultSet row) throws SQLException {
            return new Claimable(
                    new RegionId(row.getString("region")),
                    Work.Action.valueOf(row.getString("action")));
        }
    }
}
