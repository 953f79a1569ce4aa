package org.imageferry.catalog.jdbc;

import java.util.List;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;

/// Counts open tasks, by indexes that hold no others.
record TaskCounts(Sql sql) {
    List<Tasks.Load> loads() {
        return sql.list(
                """
                select task.region as region, action,
                    sum(case when status = 'Waiting' then 1 else 0 end) as waiting,
                    sum(case when status = 'Processing' then 1 else 0 end) as running,
                    min(case when status = 'Waiting' then created end) as oldest
                from region cross join task
                where task.region = region.id and status in ('Waiting', 'Processing')
                group by task.region, action
                """,
                TaskRows::load);
    }

    Tasks.Open open(AccountId account, RegionId region) {
        return new Tasks.Open(
                open(account, region, Tasks.Status.Waiting),
                open(account, region, Tasks.Status.Processing));
    }

    private long open(AccountId account, RegionId region, Tasks.Status status) {
        return sql.number(
                """
                select count(*) from task where account = ? and region = ? and status = ?
                and status in ('Waiting', 'Processing')
                """,
                account,
                region,
                status);
    }
}
