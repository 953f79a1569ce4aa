package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.Openings;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// Looks at the queues, `piece`, `outbox` and `part` of a region, by their indexes.
record JdbcOpenings(Sql sql) implements Openings {
    private static final int NONE_WAITS = -1;

    /// One column for each action, then the two others.
    private static final String LOOK =
            "select "
                    + Stream.of(Work.Action.values())
                            .map(JdbcOpenings::waiting)
                            .collect(Collectors.joining(", "))
                    + """
                    , exists (select 1 from outbox where outbox.region = region.id) as records,
                        exists (
                            select 1 from part where part.region = region.id and heal_at <= ?) as ailing
                    from region where region.id = ?
                    """;

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

    @Override
    public Found of(RegionId region) {
        Set<Work.Action> claimable = claimable(region);
        return sql.first(LOOK, row -> found(row, claimable), sql.now(), region)
                .orElseGet(() -> new Found(Map.of(), Set.of(), false, false));
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
    @Override
    public Set<Work.Action> claimable(RegionId region) {
        Set<Work.Action> actions = EnumSet.noneOf(Work.Action.class);
        actions.addAll(
                sql.list(
                        """
                        select action from task where region = ? and status = 'Processing' and (
                            exists (
                                select 1 from piece where piece.task = task.id
                                and piece.claim is null and piece.not_before <= ?)
                            or exists (
                                select 1 from claim where claim.task = task.id and claim.until <= ?)
                            or not exists (select 1 from piece where piece.task = task.id))
                        """,
                        row -> Work.Action.valueOf(row.getString(1)),
                        region,
                        sql.now(),
                        sql.now()));
        return actions;
    }
}
