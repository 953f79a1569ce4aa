package org.imageferry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Webhooks;
import org.imageferry.copy.Collected;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Webhook;
import org.imageferry.domain.WebhookHealth;
import org.imageferry.domain.WebhookId;
import org.imageferry.domain.WebhookUrl;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private static final String SHANGHAI_COPIES = "{action=\"CopyImage\",region=\"cn-shanghai\"} ";
    private static final ObjectName NAME = new ObjectName("a/b");

    private final MetricsScene scene = new MetricsScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aQueueHasItsLengthAndTheAgeOfItsOldest() {
        scene.watch();
        scene.copy();
        scene.clock().advance(Duration.ofSeconds(40));
        scene.copy();
        scene.scenes().start(scene.copy(), 0);
        scene.clock().advance(Duration.ofSeconds(2));
        assertThat(scene.page())
                .contains("imageferry_tasks_waiting" + SHANGHAI_COPIES + "2.0\n")
                .contains("imageferry_tasks_running" + SHANGHAI_COPIES + "1.0\n")
                .contains("imageferry_oldest_waiting_task_age_seconds" + SHANGHAI_COPIES + "42.0\n")
                .contains(
                        "imageferry_tasks_waiting{action=\"CopyImage\",region=\"cn-hangzhou\"} 0.0\n");
    }

    @Test
    void bytesGrowWithARunningTaskAndAreNotCountedTwiceWhenItEnds() {
        scene.watch();
        Task task = scene.scenes().start(scene.copy(), 0);
        scene.progress(task, 100, 60, 30);
        assertThat(scene.page())
                .contains("imageferry_task_done_bytes_total" + SHANGHAI_COPIES + "100.0\n");
        scene.progress(task, 50, 0, 0);
        scene.clock().advance(Duration.ofSeconds(20));
        scene.scenes().end(task);
        scene.page();
        assertThat(scene.page())
                .contains("imageferry_task_done_bytes_total" + SHANGHAI_COPIES + "150.0\n")
                .contains("imageferry_task_new_bytes_total" + SHANGHAI_COPIES + "60.0\n")
                .contains("imageferry_task_stored_bytes_total" + SHANGHAI_COPIES + "30.0\n")
                .contains("imageferry_task_shared_bytes_total" + SHANGHAI_COPIES + "90.0\n")
                .contains("imageferry_task_duration_seconds_sum" + SHANGHAI_COPIES + "20.0\n")
                .contains("imageferry_task_duration_seconds_count" + SHANGHAI_COPIES + "1\n")
                .contains(ended("finished", 1));
    }

    @Test
    void whatWasBeforeTheProcessBeganIsNotCounted() {
        scene.scenes().end(scene.scenes().start(scene.copy(), 0));
        Task running = scene.scenes().start(scene.copy(), 0);
        scene.progress(running, 1_000, 1_000, 1_000);
        scene.watch();
        scene.progress(running, 1, 0, 0);
        assertThat(scene.page())
                .contains("imageferry_task_done_bytes_total" + SHANGHAI_COPIES + "1.0\n")
                .doesNotContain("imageferry_tasks_ended_total{");
    }

    @Test
    void eachEndIsCountedOnceAlsoIfManyEndAtOnce() {
        scene.watch();
        int many = TaskWatch.MOST_ENDS + 10;
        var account = scene.scenes().account();
        var image = scene.scenes().image(account, SHANGHAI);
        List<Task> tasks =
                IntStream.range(0, many).mapToObj(_ -> scene.scenes().export(image)).toList();
        cancel(tasks.subList(0, 100));
        scene.clock().advance(Duration.ofMillis(1));
        cancel(tasks.subList(100, many));
        scene.clock().advance(Duration.ofSeconds(1));
        scene.page();
        assertThat(scene.page())
                .contains(
                        "imageferry_tasks_ended_total{action=\"ExportImage\",outcome=\"cancelled\",region=\"cn-shanghai\"} "
                                + (double) many);
    }

    private void cancel(List<Task> tasks) {
        scene.catalog()
                .write(tables -> {
                    for (Task task : tasks) {
                        tables.tasks().update(task.end(new TaskState.Cancelled(tables.now())));
                    }
                    return tasks;
                });
    }

    @Test
    void failuresAreToldFromCancels() {
        scene.watch();
        Task failed = scene.scenes().start(scene.copy(), 0);
        Task cancelled = scene.copy();
        scene.catalog()
                .write(tables -> {
                    tables.tasks().update(failed.end(new TaskState.Failed(tables.now(), "x")));
                    tables.tasks().update(cancelled.end(new TaskState.Cancelled(tables.now())));
                    return failed;
                });
        assertThat(scene.page()).contains(ended("failed", 1)).contains(ended("cancelled", 1));
    }

    private static String ended(String outcome, int times) {
        return "imageferry_tasks_ended_total{action=\"CopyImage\",outcome=\"%s\",region=\"cn-shanghai\"} %d.0\n"
                .formatted(outcome, times);
    }

    @Test
    void theCatalogIsReadOnceASecondHoweverManyAsk() {
        scene.watch();
        scene.page();
        scene.copy();
        assertThat(scene.pageAtOnce())
                .contains("imageferry_tasks_waiting" + SHANGHAI_COPIES + "0.0\n");
        scene.advance(Duration.ofSeconds(1));
        assertThat(scene.pageAtOnce())
                .contains("imageferry_tasks_waiting" + SHANGHAI_COPIES + "1.0\n");
    }

    @Test
    void withoutTheCatalogItsMetricsAreLeftOutAndTheOthersStay() {
        scene.watch();
        assertThat(scene.page()).contains("imageferry_catalog_up 1.0\n");
        scene.trouble("its disk is gone");
        assertThat(scene.page())
                .contains("imageferry_catalog_up 0.0\n", "jvm_threads_current")
                .contains("imageferry_catalog_errors_total{kind=\"read\"} 1.0\n")
                .doesNotContain("imageferry_tasks_waiting{", "imageferry_stored_bytes{");
        scene.noTrouble();
        assertThat(scene.pageAtOnce())
                .contains("imageferry_catalog_up 1.0\n", "imageferry_stored_bytes{");
    }

    @Test
    void whatATransactionRefusesIsNoErrorOfTheCatalogs() {
        assertThatThrownBy(() ->
                        scene.catalog()
                                .read(_ -> {
                                    throw new RefusedException(new Refusal.UnknownRegion(SHANGHAI));
                                }))
                .isInstanceOf(RefusedException.class);
        scene.trouble("no space");
        assertThatThrownBy(() -> scene.catalog().write(_ -> 1))
                .isInstanceOf(CatalogException.class);
        assertThat(scene.page())
                .contains("imageferry_catalog_errors_total{kind=\"read\"} 0.0\n")
                .contains("imageferry_catalog_errors_total{kind=\"write\"} 1.0\n")
                .contains("imageferry_catalog_transaction_seconds_count{kind=\"read\"} 1\n");
    }

    @Test
    void storesAreTimedAndTheirFailuresCountedByKind() throws Exception {
        RegionStore store =
                scene.metrics()
                        .watched(
                                SHANGHAI,
                                new FaultyRegionStore(
                                        new MemoryRegionStore(),
                                        operation -> {
                                            scene.advance(Duration.ofMillis(20));
                                            return full(operation);
                                        }));
        assertThatThrownBy(() -> store.write(NAME, ByteBuffer.allocate(5)))
                .isInstanceOf(StoreException.class);
        store.write(new ObjectName("a/c"), ByteBuffer.allocate(7));
        store.read(new ObjectName("a/c"), 1, ByteBuffer.allocate(6));
        assertThat(scene.page())
                .contains(
                        "imageferry_store_errors_total{kind=\"full\",operation=\"write\",region=\"cn-shanghai\"} 1.0\n")
                .contains("imageferry_store_written_bytes_total{region=\"cn-shanghai\"} 7.0\n")
                .contains("imageferry_store_read_bytes_total{region=\"cn-shanghai\"} 6.0\n")
                .contains(
                        "imageferry_store_operation_seconds_bucket{operation=\"write\",region=\"cn-shanghai\",le=\"0.01\"} 0\n")
                .contains(
                        "imageferry_store_operation_seconds_bucket{operation=\"write\",region=\"cn-shanghai\",le=\"0.03\"} 2\n");
    }

    private static Optional<StoreException> full(FaultyRegionStore.Operation operation) {
        return operation.name().equals(NAME)
                ? Optional.of(new StoreException(StoreException.Kind.FULL, "full"))
                : Optional.empty();
    }

    @Test
    void requestsToS3AreCountedByHowTheyWentAndTimed() {
        scene.metrics().askedS3(SHANGHAI, "put", "ok", Duration.ofMillis(20).toNanos());
        scene.metrics().askedS3(SHANGHAI, "put", "throttled", 1);
        assertThat(scene.page())
                .contains(
                        "imageferry_s3_requests_total{outcome=\"ok\",region=\"cn-shanghai\",request=\"put\"} 1.0\n")
                .contains(
                        "imageferry_s3_requests_total{outcome=\"throttled\",region=\"cn-shanghai\",request=\"put\"} 1.0\n")
                .contains(
                        "imageferry_s3_request_seconds_bucket{region=\"cn-shanghai\",request=\"put\",le=\"0.01\"} 1\n")
                .contains(
                        "imageferry_s3_request_seconds_bucket{region=\"cn-shanghai\",request=\"put\",le=\"0.03\"} 2\n");
    }

    @Test
    void whatWebhooksAreStillToBeToldHasItsAgeAndTheirAddressesStaySecret() {
        scene.watch();
        Task task = scene.copy();
        Webhook webhook =
                new Webhook(
                        new WebhookId("wh-aaaaaaaaaaaaaaaaaaaa"),
                        task.account(),
                        new WebhookUrl("https://example.com/a-token"),
                        List.of(),
                        task.created(),
                        WebhookHealth.NEW);
        scene.catalog()
                .write(tables -> {
                    tables.webhooks().add(new Webhooks.Kept(webhook, "wrapped"));
                    return webhook;
                });
        scene.metrics().triedWebhook("refused");
        assertThat(scene.page())
                .contains("imageferry_webhook_deliveries_waiting 0.0\n")
                .contains("imageferry_webhook_attempts_total{outcome=\"refused\"} 1.0\n");

        scene.scenes().end(scene.scenes().start(task, 0));
        scene.clock().advance(Duration.ofSeconds(90));

        assertThat(scene.page())
                .contains("imageferry_webhook_deliveries_waiting 1.0\n")
                .contains("imageferry_oldest_webhook_delivery_age_seconds 90.0\n")
                .doesNotContain("a-token", "example.com");
    }

    @Test
    void aRegionInTroubleIsNotAvailable() {
        scene.watch();
        assertThat(scene.page())
                .contains("imageferry_region_available{region=\"cn-shanghai\"} 1.0\n");
        scene.health().broken("gone");
        assertThat(scene.page())
                .contains("imageferry_region_available{region=\"cn-shanghai\"} 0.0\n");
    }

    @Test
    void callersCanNotMakeSeries() {
        scene.metrics().called("", "InvalidAction.NotFound", 1);
        scene.metrics().called("CopyImage", "OK", Duration.ofMillis(2).toNanos());
        IntStream.range(0, 1_000).forEach(i -> scene.metrics().called("CopyImage", "Code" + i, 1));
        String page = scene.page();
        assertThat(page)
                .contains(
                        "imageferry_api_requests_total{action=\"other\",code=\"InvalidAction.NotFound\"} 1.0\n")
                .contains("imageferry_api_requests_total{action=\"CopyImage\",code=\"OK\"} 1.0\n")
                .contains("imageferry_api_requests_total{action=\"CopyImage\",code=\"other\"}");
        assertThat(page.lines().filter(line -> line.startsWith("imageferry_api_requests_total{")))
                .hasSizeLessThan(500);
    }

    @Test
    void theCollectorsWorkAddsUp() {
        scene.metrics().collected(SHANGHAI, new Collected(1, 2, 300, 4, 5, 600, false));
        scene.metrics().collected(SHANGHAI, new Collected(0, 1, 50, 4, 0, -10, false));
        assertThat(scene.page())
                .contains("imageferry_collector_passes_total{region=\"cn-shanghai\"} 2.0\n")
                .contains(
                        "imageferry_collector_deleted_bytes_total{region=\"cn-shanghai\"} 350.0\n")
                .contains(
                        "imageferry_collector_reclaimed_bytes_total{region=\"cn-shanghai\"} 600.0\n");
    }

    @Test
    void openMetricsAreTheirsWhoAskForThem() {
        assertThat(scene.metrics().page("application/openmetrics-text").contentType())
                .startsWith("application/openmetrics-text");
        assertThat(scene.metrics().page("text/html, */*").contentType()).startsWith("text/plain");
    }
}
