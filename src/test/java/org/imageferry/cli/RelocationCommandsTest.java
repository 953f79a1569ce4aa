package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.imageferry.cli.Relocations.Region;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The commands that bring installations about: what they ask for, and how they tell what came of it.
final class RelocationCommandsTest extends CommandTest {
    private final List<Object> orders = new ArrayList<>();
    private Region region = new Region("cn-hangzhou", 120, 20, 300 << 20, 0, 0);

    @BeforeEach
    void relocate() {
        scene().relocations(new Recorded());
    }

    private final class Recorded implements Relocations {
        private Relocated done(Object order, Watch watch) {
            orders.add(order);
            watch.say("on the way");
            watch.moved(10, 20);
            return new Relocated(List.of(region), Optional.of(77L), List.of("mind the key"));
        }

        @Override
        public Relocated backup(Backup order, Watch watch) {
            return done(order, watch);
        }

        @Override
        public Relocated restore(Restore order, Watch watch) {
            return done(order, watch);
        }

        @Override
        public Relocated migrate(Migration order, Watch watch) throws IOException {
            if (order.config().equals(Path.of("bad.yaml"))) {
                throw new IOException("there is no such file");
            }
            return done(order, watch);
        }
    }

    @Test
    void aBackupIsToldAsATable() {
        assertThat(scene().run("backup", "--to", "/mnt/backup")).isZero();

        assertThat(orders)
                .containsExactly(
                        new Relocations.Backup(
                                Path.of("data"), Optional.empty(), Path.of("/mnt/backup"), true));
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       OBJECTS  NEW    BYTES  MISSING  DAMAGED
                        cn-hangzhou      120   20  300 MiB        0        0
                        """);
        assertThat(scene().err())
                .contains("on the way", "backing up: started", "backing up: done", "mind the key");
    }

    @Test
    void whatIsGivenIsPassedOn() {
        scene().run(
                        "backup",
                        "--to",
                        "b",
                        "--data",
                        "d",
                        "--config",
                        "c.yaml",
                        "--without-master-key");
        scene().run("restore", "--from", "b", "--data", "d2");
        scene().run("migrate", "--config", "c.yaml", "--data", "/srv/d", "--to", "/srv/e");
        scene().run("migrate", "--config", "c.yaml", "--data", "/srv/d");

        assertThat(orders)
                .containsExactly(
                        new Relocations.Backup(
                                Path.of("d"), Optional.of(Path.of("c.yaml")), Path.of("b"), false),
                        new Relocations.Restore(Path.of("b"), Path.of("d2")),
                        new Relocations.Migration(
                                Path.of("/srv/d"), Path.of("c.yaml"), Path.of("/srv/e")),
                        new Relocations.Migration(
                                Path.of("/srv/d"), Path.of("c.yaml"), Path.of("/srv/d-migrated")));
    }

    @Test
    void asJsonItHasAllNumbers() {
        scene().run("migrate", "--config", "c.yaml", "-o", "json");

        assertThat(scene().json().path("Rows").asInt()).isEqualTo(77);
        assertThat(scene().json().path("Regions").path("Region").path(0).path("New").asInt())
                .isEqualTo(20);
        assertThat(scene().json().path("Notes").path("Note").path(0).asString())
                .isEqualTo("mind the key");
    }

    @Test
    void damageIsNoSuccess() {
        region = new Region("cn-hangzhou", 120, 20, 300 << 20, 1, 0);
        assertThat(scene().run("backup", "--to", "b")).isEqualTo(1);
    }

    @Test
    void whatFailsSaysWhatWasTried() {
        assertThat(scene().run("migrate", "--config", "bad.yaml")).isEqualTo(1);
        assertThat(scene().err()).contains("migrate to what bad.yaml says", "no such file");
        assertThat(scene().run("backup")).isEqualTo(2);
    }
}
