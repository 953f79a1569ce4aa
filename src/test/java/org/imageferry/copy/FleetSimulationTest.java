package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A fleet with a long queue; `bench/fleet.sh` runs a large one.
class FleetSimulationTest {
    private static final int COPIES = 1_000;

    /// Assumed for PostgreSQL at the other end of a local network.
    private static final CostedCatalog.Costs COSTS =
            new CostedCatalog.Costs(
                    Duration.ofNanos(600_000), Duration.ofNanos(5_000), Duration.ofMillis(4), 16);

    static Fleet.Size size(int regions, int sites, int nodes, int copies) {
        return new Fleet.Size(
                regions,
                sites,
                nodes,
                copies,
                20,
                2,
                3,
                50L << 20,
                Duration.ofMillis(300),
                119L << 20,
                COSTS);
    }

    @Test
    void aLongQueueIsServedInTurnByAllNodes() throws Exception {
        try (Fleet fleet = new Fleet(1, size(50, 2, 10, COPIES))) {
            FleetReport report = FleetReport.of(fleet);

            assertThat(fleet.watch().ended()).isEqualTo(COPIES);
            assertThat(fleet.failed()).isZero();
            assertThat(fleet.watch().mostTurnsMeanwhile()).isLessThan(2);
            assertThat(report.readsPerCopy()).as(report.toString()).isLessThan(150);
            assertThat(report.writesPerCopy()).as(report.toString()).isLessThan(50);
        }
    }

    /// @param arguments regions, sites, nodes, copies
    static void main(String[] arguments) throws Exception {
        int[] counts = java.util.stream.Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        try (Fleet fleet = new Fleet(1, size(counts[0], counts[1], counts[2], counts[3]))) {
            System.out.println(FleetReport.of(fleet));
        }
    }
}
