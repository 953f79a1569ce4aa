package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Images;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Asks PostgreSQL how it carries out lists of a hundred thousand images.
class PostgresPlanTest {
    private static final Pattern PARAMETER = Pattern.compile("\\?");

    private final PostgresAddress address = TestPostgres.migrated();
    private final PostgresCatalog catalog = TestPostgres.open(address);
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final AccountId account = scenes.account();

    @BeforeEach
    void fill() {
        Image image = scenes.image(account, HANGZHOU);
        TestPostgres.execute(
                address.database(),
                """
                set session_replication_role = replica;
                insert into image
                select 'm-' || lpad((n + 1000000)::text, 20, '0'), account, region, 'image-' || n, description, family, state, reason,
                    created + n, origin, source_image, source_region, architecture, os_type,
                    platform, boot_mode, nvme_support, imds_support, license_type, resource_group,
                    public, bytes, revision
                from image, generate_series(1, 100000) as n;
                insert into image_tag select id, 'app', 'web', 0, account, region, created, state
                from image where id like 'm-%7';
                insert into image_tag_count
                select account, region, key, value, state, count(*) from image_tag
                where value = 'web' group by account, region, key, value, state;
                update image_count set images = 100001
                """);
        scenes.copy(image, BEIJING);
        TestPostgres.execute(
                address.database(),
                """
                set session_replication_role = replica;
                insert into task
                select 't-' || lpad((n + 1000000)::text, 20, '0'), account || n % 50, 'region-' || n % 100, image || n, source || n,
                    case n % 2 when 0 then action else 'ExportImage' end, work,
                    status, slot, started, ended, reason, n, created, total, done, moved, stored, progressed, snapshot
                from task, generate_series(1, 10000) as n;
                analyze
                """);
    }

    @AfterEach
    void close() {
        catalog.close();
        TestPostgres.drop(address);
    }

    /// Of all statements that `list` uses, one text.
    private String plansOf(Consumer<Tables> list) {
        return catalog.read(tables -> {
            Sql sql = ((JdbcTables) tables).sql();
            list.accept(tables);
            return sql.texts().stream()
                    .filter(text -> text.startsWith("select"))
                    .map(this::plan)
                    .collect(Collectors.joining());
        });
    }

    /// Whatever the parameters are.
    private String plan(String text) {
        String url =
                TestPostgres.url(address)
                        + "&preferQueryMode=simple&options=-c%20enable_seqscan=off";
        StringBuilder plan = new StringBuilder("-- " + text + "\n");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet steps =
                        statement.executeQuery("explain (generic_plan) " + numbered(text))) {
            while (steps.next()) {
                plan.append(steps.getString(1)).append('\n');
            }
            return plan.toString();
        } catch (SQLException e) {
            throw new IllegalStateException(text, e);
        }
    }

    /// With the parameters as the server knows them.
    private static String numbered(String text) {
        Matcher parameters = PARAMETER.matcher(text);
        int[] count = {0};
        return parameters.replaceAll(_ -> "\\$" + ++count[0]);
    }

    @Test
    void pagesAreReadInTheOrderOfAnIndex() {
        Images.Query own = Images.Query.own(account, HANGZHOU).in(Set.of(Images.Status.Available));
        assertThat(plansOf(tables -> tables.images().list(own, 50_000, 10)))
                .contains("using image_created")
                .doesNotContain("Seq Scan", "Sort Key: created", "Sort Key: image.created");
        assertThat(plansOf(tables -> tables.images().list(own.tagged(Map.of("app", "web")), 0, 10)))
                .contains("using image_tag_value")
                .doesNotContain("Seq Scan");
        Snapshots.Query snapshots = Snapshots.Query.of(account, HANGZHOU);
        assertThat(plansOf(tables -> tables.snapshots().list(snapshots, 0, 10)))
                .contains("using snapshot_created")
                .doesNotContain("Seq Scan");
    }

    @Test
    void whatAWorkerLooksForIsLookedUp() {
        String plans =
                plansOf(tables -> {
                    Tasks tasks = tables.tasks();
                    tasks.next(HANGZHOU, Work.Action.CopyImage);
                    tasks.running(HANGZHOU, Work.Action.CopyImage);
                    tasks.queue(HANGZHOU, 10);
                    tables.outbox().pending(HANGZHOU, 10);
                    tables.images().count(account, HANGZHOU);
                });
        assertThat(plans)
                .contains("task_waiting", "task_queue", "outbox_pkey")
                .doesNotContain("Seq Scan");
    }
}
