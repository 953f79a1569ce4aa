package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Origin;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A catalog of the first version keeps all it had.
class MigrationTest {
    private static final AccountId ACCOUNT = new AccountId("1000000000000001");
    private static final RegionId HANGZHOU = new RegionId("cn-hangzhou");
    private static final String GOLDEN = "m-00000000000000000001";
    private static final String COPY = "m-00000000000000000002";

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void aCatalogOfTheFirstVersion() throws SQLException, IOException {
        file = folder.resolve("catalog.db");
        String url = "jdbc:sqlite:" + file;
        Flyway.configure()
                .dataSource(url, "", "")
                .locations("classpath:catalog/sqlite")
                .target("1")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                InputStream rows =
                        Objects.requireNonNull(
                                MigrationTest.class.getResourceAsStream("/catalog/rows-1.sql"))) {
            String script = new String(rows.readAllBytes(), StandardCharsets.UTF_8);
            for (String text : script.split(";\n", -1)) {
                if (!text.isBlank()) {
                    statement.execute(text);
                }
            }
        }
    }

    private SqliteCatalog open() {
        return SqliteCatalog.open(file, new TestClock(), new Random());
    }

    private Image find(SqliteCatalog catalog, String id) {
        return catalog.read(tables -> tables.images().find(new ImageId(id))).orElseThrow();
    }

    @Test
    void imagesKeepTheirDisksTagsAndNames() {
        try (SqliteCatalog catalog = open()) {
            Image image = find(catalog, GOLDEN);
            assertThat(image.name().value()).isEqualTo("golden");
            assertThat(image.state()).isEqualTo(new ImageState.Available());
            assertThat(image.origin()).isEqualTo(new Origin.Imported());
            assertThat(image.group()).isEqualTo(ResourceGroupId.standard(ACCOUNT));
            assertThat(image.tags().all()).containsExactly(entry("zone", "b"), entry("app", "web"));
            assertThat(image.disks()).hasSize(1);
            Image copy = find(catalog, COPY);
            assertThat(copy.origin()).isEqualTo(new Origin.Copied(image.id(), HANGZHOU));
            Page<Image> tagged =
                    catalog.read(tables -> tables.images().list(tagged("app", "web"), 0, 5));
            assertThat(tagged).isEqualTo(new Page<>(List.of(image), 1));
        }
    }

    private static Images.Query tagged(String key, String value) {
        return Images.Query.own(ACCOUNT, HANGZHOU)
                .in(Set.of(Images.Status.Available))
                .tagged(Map.of(key, value));
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return Map.entry(key, value);
    }

    @Test
    void aVerificationOfARegionLosesTheImageThatWasMadeUpForIt() {
        try (SqliteCatalog catalog = open()) {
            assertThat(task(catalog, "t-00000000000000000001").image()).isEmpty();
            assertThat(task(catalog, "t-00000000000000000002").image()).contains(new ImageId(COPY));
        }
    }

    private static Task task(SqliteCatalog catalog, String id) {
        return catalog.read(tables -> tables.tasks().find(new TaskId(id))).orElseThrow();
    }

    @Test
    void whatRefersToWhatStillHolds() throws SQLException {
        open().close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            try (ResultSet broken = statement.executeQuery("pragma foreign_key_check")) {
                assertThat(broken.next()).isFalse();
            }
            statement.execute("pragma foreign_keys = on");
            statement.execute("delete from image where id = '" + GOLDEN + "'");
            for (String table : new String[] {"disk", "image_tag"}) {
                try (ResultSet left =
                        statement.executeQuery(
                                "select count(*) from "
                                        + table
                                        + " where image = '"
                                        + GOLDEN
                                        + "'")) {
                    assertThat(left.getInt(1)).isZero();
                }
            }
        }
    }
}
