package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.imageferry.store.Extent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three real nodes and one copy, whose bucket does not answer for a while.
final class FleetTest {
    private static final String SOURCE = "cn-hangzhou";
    private static final String BUCKET = "eu-central-1";

    /// More than two nodes take at once.
    private static final int PARTS = 14;

    private static final int NODES = 3;
    private static final int BYTES_A_PART = 1 << 20;
    private static final String GIVEN_UP = "part given up: the task was cancelled";

    @TempDir private Path folder;

    @Test
    void aCopyIsInTheHandsOfAllNodesAndItsCancelReachesAllOfThem() throws Exception {
        try (Fleet fleet = new Fleet(folder, NODES, new Random(1))) {
            Wire wire = fleet.nodes().getFirst().wire();
            wire.upload(disk(), SOURCE, "disk");
            String image = wire.image(Wire.importing(SOURCE, "disk", "golden"));
            assertThat(wire.outcome(SOURCE, image)).isEqualTo("Available");
            fleet.nodes().forEach(node -> node.storage().block());
            String copy = wire.image(Wire.copying(SOURCE, image, BUCKET, "copy"));
            Set<String> holders = new TreeSet<>();
            Patience.until(
                    "claims of all nodes",
                    () -> {
                        holders.addAll(holders(fleet, copy));
                        return holders.size() == NODES;
                    });

            wire.cancelCopy(BUCKET, copy);

            assertThat(wire.find(BUCKET, copy)).isEmpty();
            assertThat(holders(fleet, copy)).isEmpty();
            long done = fleet.logged("part done");
            fleet.nodes().forEach(node -> node.storage().mend());
            for (FleetNode node : fleet.nodes()) {
                Patience.until(
                        "that it is given up",
                        () -> node.process().log().stream().anyMatch(it -> it.contains(GIVEN_UP)));
            }
            assertThat(fleet.logged("part done")).isEqualTo(done);
            Patience.until("an empty bucket", () -> isTidy(fleet));
        }
    }

    /// Between two looks a node may read and write on: `FanOutTest` shows that it does not after one.
    @Test
    void eachNodeLooksOftenEnoughToGiveUpWithinASecond() {
        assertThat(Workers.CLAIMS.multipliedBy(2)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    }

    private static boolean isTidy(Fleet fleet) throws Exception {
        fleet.nodes().getLast().wire().collectGarbage();
        return fleet.objects(BUCKET) == 0;
    }

    private static List<String> holders(Fleet fleet, String image) throws SQLException {
        try (Connection catalog = DriverManager.getConnection(fleet.catalog());
                Statement statement = catalog.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                """
                                select distinct node from claim join task on task.id = claim.task
                                where task.image = '%s'
                                """
                                        .formatted(image))) {
            List<String> holders = new ArrayList<>();
            while (rows.next()) {
                holders.add(rows.getString(1));
            }
            return holders;
        }
    }

    /// Little data in many parts.
    private TestDisk disk() throws IOException {
        Path file = folder.resolve("disk.raw");
        List<Extent> extents = new ArrayList<>();
        Random random = new Random(PARTS);
        byte[] bytes = new byte[BYTES_A_PART];
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long part = 0; part < PARTS; part++) {
                random.nextBytes(bytes);
                long at = part * TestDisk.PART_BYTES;
                assertThat(channel.write(ByteBuffer.wrap(bytes), at)).isEqualTo(BYTES_A_PART);
                extents.add(new Extent(at, BYTES_A_PART));
            }
        }
        return new TestDisk(file, (PARTS - 1) * TestDisk.PART_BYTES + BYTES_A_PART, extents);
    }
}
