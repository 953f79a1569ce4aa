package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.cli.CatalogRebuilder.Order;
import org.imageferry.cli.CatalogRebuilder.Rebuilt;
import org.imageferry.cli.CatalogRebuilder.Region;
import org.junit.jupiter.api.Test;

final class RebuildCommandTest extends CommandTest {
    private final List<Order> orders = new ArrayList<>();

    private static Region region(long damagedImages, long leftOut) {
        return new Region(
                "cn-hangzhou",
                5,
                damagedImages,
                7,
                damagedImages,
                2,
                40,
                28_000,
                600 << 20,
                leftOut);
    }

    private void rebuilds(Region region, String... notes) {
        scene().rebuilder((order, progress) -> {
            orders.add(order);
            progress.accept("cn-hangzhou: 14 records");
            return new Rebuilt(
                    3,
                    List.of(region),
                    List.of(notes),
                    Optional.of("data/catalog.db.before-rebuild"));
        });
    }

    @Test
    void whatIsThereAgainIsATable() {
        rebuilds(region(0, 0));

        assertThat(scene().run("rebuild")).isZero();

        assertThat(orders)
                .containsExactly(
                        new Order(Path.of("data"), Optional.empty(), Set.of(), false, false));
        assertThat(scene().out())
                .isEqualTo(
                        """
                        REGION       IMAGES  SNAPSHOTS  KEYS  BLOCKS   STORED  DAMAGED  LEFT OUT
                        cn-hangzhou       5          7     2   28000  600 MiB        0         0
                        """);
        assertThat(scene().err())
                .contains("cn-hangzhou: 14 records")
                .contains("the old catalog is now data/catalog.db.before-rebuild");
    }

    @Test
    void whatIsAskedForIsPassedOn() {
        rebuilds(region(0, 0));

        scene().run(
                        "rebuild",
                        "--data",
                        "/srv/ferry",
                        "--config",
                        "settings.yaml",
                        "--without",
                        "cn-beijing",
                        "--without",
                        "eu-west-1",
                        "--force",
                        "--new-master-key");

        assertThat(orders)
                .containsExactly(
                        new Order(
                                Path.of("/srv/ferry"),
                                Optional.of(Path.of("settings.yaml")),
                                Set.of("cn-beijing", "eu-west-1"),
                                true,
                                true));
    }

    @Test
    void damageIsSaidAndIsNoSuccess() {
        rebuilds(region(1, 0), "cn-hangzhou: image m-1 is damaged");

        assertThat(scene().run("rebuild", "-o", "json")).isEqualTo(1);

        assertThat(scene().err()).contains("image m-1 is damaged");
        var region = scene().json().path("Regions").path("Region").path(0);
        assertThat(region.path("DamagedImages").asInt()).isEqualTo(1);
        assertThat(region.path("StoredBytes").asLong()).isEqualTo(600 << 20);
        assertThat(scene().json().path("Accounts").asInt()).isEqualTo(3);
        assertThat(scene().json().path("Notes").path("Note").path(0).asString())
                .isEqualTo("cn-hangzhou: image m-1 is damaged");
    }

    @Test
    void whatIsLeftOutIsNoSuccessEither() {
        rebuilds(region(0, 2));

        assertThat(scene().run("rebuild", "--force")).isEqualTo(1);
    }

    @Test
    void whyItCanNotIsSaid() {
        scene().rebuilder((_, _) -> {
            throw new IOException("data folder data is in use by process 7: stop it");
        });

        assertThat(scene().run("rebuild")).isEqualTo(1);

        assertThat(scene().err())
                .contains("cannot rebuild the catalog")
                .contains("in use by process 7");
    }
}
