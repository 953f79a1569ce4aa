package org.imageferry.catalog.jdbc;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Regions;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Work;

/// The table `region`, with `installation`, `region_barrier` and `served`.
record JdbcRegions(Sql sql) implements Regions {
    @Override
    public String installation() {
        return sql.list("select id from installation", row -> row.getString(1)).getFirst();
    }

    @Override
    public void ensure(RegionId region) {
        sql.change("insert into region (id) values (?) on conflict do nothing", region);
    }

    @Override
    public List<RegionId> all() {
        return sql.list("select id from region order by id", row -> new RegionId(row.getString(1)));
    }

    @Override
    public void lock(RegionId region) {
        sql.dialect().lock(sql, region);
    }

    @Override
    public long nextTicket(RegionId region) {
        return known(
                region,
                sql.changed(
                        "update region set ticket = ticket + 1 where id = ? returning ticket",
                        row -> row.getLong(1),
                        region));
    }

    @Override
    public long generation(RegionId region) {
        return known(
                region,
                sql.list(
                        "select generation from region where id = ?",
                        row -> row.getLong(1),
                        region));
    }

    @Override
    public void setGeneration(RegionId region, long generation) {
        known(
                region,
                sql.changed(
                        "update region set generation = ? where id = ? returning generation",
                        row -> row.getLong(1),
                        generation,
                        region));
    }

    @Override
    public long founded(RegionId region) {
        return known(
                region,
                sql.list("select founded from region where id = ?", row -> row.getLong(1), region));
    }

    @Override
    public void setFounded(RegionId region, long generation) {
        known(
                region,
                sql.changed(
                        "update region set founded = ? where id = ? returning founded",
                        row -> row.getLong(1),
                        generation,
                        region));
    }

    @Override
    public Optional<String> imageFolder() {
        return sql.list(
                        "select image_folder from installation",
                        row -> Columns.text(row, "image_folder"))
                .getFirst();
    }

    @Override
    public void setImageFolder(String mark) {
        sql.change("update installation set image_folder = ?", mark);
    }

    @Override
    public RegionRules rules(RegionId region) {
        Set<RegionId> barred =
                Set.copyOf(
                        sql.list(
                                "select destination from region_barrier where source = ?",
                                row -> new RegionId(row.getString(1)),
                                region));
        return sql.first(
                        "select copying, customer_keys, oldest_snapshot from region where id = ?",
                        row ->
                                new RegionRules(
                                        row.getBoolean(1),
                                        row.getBoolean(2),
                                        Columns.instant(row, "oldest_snapshot"),
                                        barred),
                        region)
                .orElseThrow(
                        () -> new IllegalStateException("the catalog has no region " + region));
    }

    @Override
    public void setRules(RegionId region, RegionRules rules) {
        sql.change(
                """
                update region set copying = ?, customer_keys = ?, oldest_snapshot = ? where id = ?
                """,
                rules.copying(),
                rules.customerKeys(),
                rules.oldestSnapshot(),
                region);
        sql.change("delete from region_barrier where source = ?", region);
        sql.changeEach(
                "insert into region_barrier values (?, ?)",
                rules.barredDestinations().stream()
                        .map(destination -> new Object[] {region, destination})
                        .toList());
    }

    @Override
    public long raise(RegionId region) {
        return known(
                region,
                sql.changed(
                        """
                        update region set rules_revision = rules_revision + 1 where id = ?
                        returning rules_revision
                        """,
                        row -> row.getLong(1),
                        region));
    }

    static long known(RegionId region, List<Long> found) {
        return found.stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException("the catalog has no region " + region));
    }

    /// Turns are counted here: a ticket tells when a task came, not when its account was served.
    @Override
    public void served(RegionId region, Work.Action action, AccountId account, long ticket) {
        sql.change(
                """
                insert into served
                select ?, ?, ?, coalesce(max(turn), 0) + 1
                from served where region = ? and action = ?
                on conflict (region, action, account) do update set turn = excluded.turn
                """,
                region,
                action,
                account,
                region,
                action);
    }
}
