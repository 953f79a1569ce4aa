package org.imageferry.copy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.imageferry.domain.AccountId;

/// What came of a [Fleet], in Markdown.
///
/// @param took in virtual time
/// @param reads of the catalog, from when the nodes began
record FleetReport(
        Fleet fleet, Duration took, long reads, long writes, Duration busy, Duration waited) {
    /// Queues all and lets it run to its end.
    static FleetReport of(Fleet fleet) throws Exception {
        fleet.queue();
        CostedCatalog catalog = fleet.catalog();
        long reads = catalog.reads();
        long writes = catalog.writes();
        Duration busy = catalog.busy();
        Duration waited = catalog.waited();
        Instant began = fleet.durable().clock().instant();
        fleet.run();
        return new FleetReport(
                fleet,
                Duration.between(began, fleet.durable().clock().instant()),
                catalog.reads() - reads,
                catalog.writes() - writes,
                catalog.busy().minus(busy),
                catalog.waited().minus(waited));
    }

    double readsPerCopy() {
        return reads / (double) fleet.watch().ended();
    }

    double writesPerCopy() {
        return writes / (double) fleet.watch().ended();
    }

    private double seconds() {
        return took.toMillis() / 1e3;
    }

    @Override
    public String toString() {
        Fleet.Size size = fleet.size();
        FleetWatch watch = fleet.watch();
        List<Duration> gaps = watch.gaps();
        StringBuilder text = new StringBuilder("| | |\n|---|--:|\n");
        row(
                text,
                "regions, nodes, copies",
                String.format(
                        Locale.ROOT, "%,d, %,d, %,d", size.regions(), size.nodes(), size.copies()));
        row(text, "until the last has ended", String.format(Locale.ROOT, "%,.0f s", seconds()));
        row(text, "copies a second", String.format(Locale.ROOT, "%.1f", watch.ended() / seconds()));
        row(text, "a slot is free while a copy waits, median, 99 %, most", of(gaps));
        row(
                text,
                "turns of another region meanwhile, at most",
                String.format(Locale.ROOT, "%d", watch.mostTurnsMeanwhile()));
        row(
                text,
                "transactions of a copy: reads, writes",
                String.format(Locale.ROOT, "%.1f, %.1f", readsPerCopy(), writesPerCopy()));
        row(
                text,
                "transactions a second: reads, writes",
                String.format(Locale.ROOT, "%,.0f, %,.0f", reads / seconds(), writes / seconds()));
        row(
                text,
                "the database is busy",
                String.format(
                        Locale.ROOT,
                        "%.0f %%",
                        100.0 * busy.toMillis() / took.toMillis() / size.catalog().processors()));
        row(
                text,
                "a transaction waits for it",
                String.format(Locale.ROOT, "%.2f ms", waited.toNanos() / 1e6 / (reads + writes)));
        waits(text, watch.waits());
        return text.toString();
    }

    private static void waits(StringBuilder text, Map<AccountId, List<Duration>> all) {
        List<List<Duration>> byAccount = List.copyOf(all.values());
        List<Duration> small = byAccount.stream().skip(1).flatMap(List::stream).sorted().toList();
        row(text, "copies of the large account wait, median, 99 %, most", of(byAccount.getFirst()));
        row(text, "copies of the others", of(small));
    }

    private static String of(List<Duration> sorted) {
        return sorted.isEmpty()
                ? "none"
                : "%s, %s, %s"
                        .formatted(
                                text(sorted.get(sorted.size() / 2)),
                                text(sorted.get((int) (sorted.size() * 0.99))),
                                text(sorted.getLast()));
    }

    private static String text(Duration time) {
        return time.toSeconds() > 0
                ? String.format(Locale.ROOT, "%,.1f s", time.toMillis() / 1e3)
                : time.toMillis() + " ms";
    }

    private static void row(StringBuilder text, String label, String value) {
        text.append("| ").append(label).append(" | ").append(value).append(" |\n");
    }
}
