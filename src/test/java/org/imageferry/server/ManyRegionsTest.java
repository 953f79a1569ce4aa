package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A golden image is brought to many sites at once: what a server for that takes does not grow with their number.
class ManyRegionsTest {
    private static final int REGIONS = 14;
    private static final String SOURCE = "site-0";

    /// As the launcher has it.
    private static final String DIRECT_MEMORY = "-XX:MaxDirectMemorySize=320m";

    /// So that all copies are in work at the same moment.
    private static final String SLOW = "\n    bandwidth-mib: 4\n";

    @TempDir private Path folder;

    @Test
    void anImageOfManyPartsIsCopiedToAllAtOnceInBoundedMemory() throws Exception {
        List<String> sites = IntStream.range(0, REGIONS).mapToObj(i -> "site-" + i).toList();
        StringBuilder settings = new StringBuilder("regions:\n");
        for (String site : sites) {
            settings.append("  - id: ").append(site).append(site.equals(SOURCE) ? "\n" : SLOW);
        }
        Path config = Files.writeString(folder.resolve("settings.yaml"), settings);
        Path data = folder.resolve("data");
        TestDisk disk = TestDisk.make(folder.resolve("disk"), 1, 2, 3, 4);
        try (ServerProcess server =
                ServerProcess.launch(
                                "127.0.0.1:0",
                                data,
                                Map.of(),
                                List.of(DIRECT_MEMORY),
                                "--config",
                                config.toString())
                        .ready()) {
            Wire wire = Wire.to(server.endpoint(), data);
            wire.upload(disk, SOURCE, "disk");
            String golden = wire.image(Wire.importing(SOURCE, "disk", "golden"));
            assertThat(wire.outcome(SOURCE, golden)).isEqualTo("Available");
            List<String> others = sites.subList(1, REGIONS);
            List<String> copies = others.stream().map(site -> copy(wire, golden, site)).toList();
            for (int i = 0; i < others.size(); i++) {
                assertThat(wire.outcome(others.get(i), copies.get(i))).isEqualTo("Available");
            }
            assertThat(server.log()).noneMatch(line -> line.contains("OutOfMemoryError"));
        }
    }

    private static String copy(Wire wire, String image, String to) {
        try {
            return wire.image(Wire.copying(SOURCE, image, to, "golden"));
        } catch (Exception e) {
            throw new AssertionError("no copy to " + to, e);
        }
    }
}
