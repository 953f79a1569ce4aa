package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who has a catalog in PostgreSQL for himself, and puts another in its place.
class PostgresOfflineTest {
    private static final RegionId OLD = new RegionId("old");
    private static final RegionId NEW = new RegionId("new");

    private final PostgresAddress address = TestPostgres.migrated();

    @AfterEach
    void drop() {
        TestPostgres.drop(address);
    }

    private PostgresOffline take() {
        return PostgresOffline.take(address, TestPostgres.threads());
    }

    private static Catalog next(PostgresOffline offline) {
        return offline.next(new Random(5));
    }

    private static void enter(Catalog catalog, RegionId region) {
        catalog.write(tables -> {
            tables.regions().ensure(region);
            return region;
        });
    }

    private List<RegionId> regions() {
        try (Catalog catalog = TestPostgres.open(address)) {
            return catalog.read(tables -> tables.regions().all());
        }
    }

    private void enterOld() {
        try (Catalog catalog = TestPostgres.open(address)) {
            enter(catalog, OLD);
        }
    }

    private List<String> schemas() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(TestPostgres.url(address));
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select nspname from pg_namespace where nspname like 'imageferry%' order by 1")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Test
    void theNewCatalogIsInPlaceAndTheOldOneIsKept() throws SQLException {
        enterOld();
        try (PostgresOffline offline = take()) {
            try (Catalog catalog = next(offline)) {
                enter(catalog, NEW);
            }
            assertThat(offline.swap()).contains("imageferry_before_rebuild");
            try (Catalog catalog = next(offline)) {
                enter(catalog, new RegionId("newer"));
            }
            assertThat(offline.swap()).contains("imageferry_before_rebuild_2");
        }
        assertThat(regions()).containsExactly(new RegionId("newer"));
        assertThat(schemas())
                .containsExactly("imageferry_before_rebuild", "imageferry_before_rebuild_2");
        TestPostgres.execute(
                address.database(),
                """
                do $$ begin
                    assert (select id from imageferry_before_rebuild.region) = 'old';
                    assert (select id from imageferry_before_rebuild_2.region) = 'new';
                end $$
                """);
    }

    @Test
    void whatIsBrokenOffLeavesTheOldCatalogAndIsBegunAgain() throws SQLException {
        enterOld();
        try (PostgresOffline offline = take();
                Catalog catalog = next(offline)) {
            enter(catalog, NEW);
        }
        assertThat(regions()).containsExactly(OLD);
        try (PostgresOffline offline = take()) {
            try (Catalog catalog = next(offline)) {
                assertThat(catalog.<List<RegionId>>read(tables -> tables.regions().all()))
                        .isEmpty();
            }
            assertThat(offline.swap()).isPresent();
        }
        assertThat(regions()).isEmpty();
        assertThat(schemas()).containsExactly("imageferry_before_rebuild");
    }

    @Test
    void whereNoCatalogWasNoneIsKept() throws SQLException {
        TestPostgres.drop(address);
        TestPostgres.execute("create database " + address.database());
        try (PostgresOffline offline = take()) {
            assertThat(offline.present(new Random(6))).isEmpty();
            try (Catalog catalog = next(offline)) {
                enter(catalog, NEW);
            }
            assertThat(offline.swap()).isEmpty();
        }
        assertThat(regions()).containsExactly(NEW);
        assertThat(schemas()).isEmpty();
    }

    @Test
    void whatIsNotOursStaysWhereItIs() {
        TestPostgres.execute(
                address.database(),
                "create table wages (name text); create function wage() returns int language sql as 'select 1'");
        try (PostgresOffline offline = take()) {
            next(offline).close();
            assertThat(offline.swap()).isPresent();
        }
        TestPostgres.execute(address.database(), "select public.wage() from public.wages");
    }

    @Test
    void whatHoldsSomethingElseIsRefused() {
        TestPostgres.drop(address);
        TestPostgres.execute("create database " + address.database());
        TestPostgres.execute(address.database(), "create table wages (name text)");
        assertThatThrownBy(this::take)
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("holds something else");
    }

    @Test
    void aCatalogThatANodeUsesIsRefused() {
        try (Catalog _ = TestPostgres.open(address)) {
            assertThatThrownBy(this::take)
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("is in use: stop all servers on it first");
        }
        take().close();
    }

    @Test
    void noNodeOpensACatalogThatIsTaken() {
        try (PostgresOffline offline = take()) {
            assertThatThrownBy(() -> TestPostgres.open(address))
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("wait until that has ended");
            assertThatThrownBy(this::take)
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("wait until that has ended");
            offline.present(new Random(7)).orElseThrow().close();
        }
        TestPostgres.open(address).close();
    }

    @Test
    void aNodeThatComesMeanwhileKeepsTheOldCatalogInPlace() throws SQLException {
        enterOld();
        try (PostgresOffline offline = take()) {
            next(offline).close();
            try (Connection _ =
                    DriverManager.getConnection(
                            TestPostgres.url(address) + "&ApplicationName=imageferry")) {
                assertThatThrownBy(offline::swap)
                        .isInstanceOf(CatalogException.class)
                        .hasMessageContaining("is in use");
            }
        }
        assertThat(regions()).containsExactly(OLD);
    }

    @Test
    void claimsOfTheNewCatalogHaveNumbersThatTheOldOneNeverGave() {
        Instant start = Instant.now();
        try (PostgresOffline offline = take()) {
            next(offline).close();
            assertThat(offline.swap()).isPresent();
        }
        try (Catalog catalog = TestPostgres.open(address)) {
            CatalogScenes scenes = new CatalogScenes(catalog);
            Task task = scenes.imported(scenes.account(), CatalogScenes.HANGZHOU);
            Optional<Long> claim =
                    catalog.write(tables ->
                            tables.claims()
                                    .claimTask(task.id(), "node", tables.now().plusSeconds(60)));
            assertThat(claim.orElseThrow()).isGreaterThan(start.minusSeconds(3600).toEpochMilli());
        }
    }
}
