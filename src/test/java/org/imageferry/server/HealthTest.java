package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionHealth;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.CallWatch;
import org.imageferry.ecs.EcsServer;
import org.imageferry.ecs.Edge;
import org.imageferry.store.MemoryRegionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HealthTest {
    private final SomeCatalog catalog = new SomeCatalog();
    private final RegionHealth health = new RegionHealth();
    private boolean drained;
    private final Readiness readiness =
            new Readiness(
                    new CatalogProbe(catalog, Thread::startVirtualThread, Duration.ofMillis(200)),
                    new RegionMap(List.of(region())),
                    () -> drained);
    private final EcsServer server =
            new EcsServer(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    List.of(new HealthHandler(readiness)),
                    new Edge(() -> "0", CallWatch.NONE),
                    Duration.ofSeconds(1));
    private final HttpClient client = HttpClient.newHttpClient();

    private Region region() {
        return new Region(
                new RegionId("cn-hangzhou"),
                "Hangzhou",
                new MemoryRegionStore(),
                Map.of(),
                1,
                health);
    }

    @BeforeEach
    void start() throws Exception {
        server.start();
        readiness.open();
    }

    @AfterEach
    void stop() {
        catalog.goOn.countDown();
        client.close();
        server.close();
        catalog.close();
    }

    @Test
    void aServerThatWorksIsReady() throws Exception {
        answers(
                "/health/ready",
                200,
                "{\"status\":\"ready\",\"reasons\":[],\"unavailableRegions\":[]}");
        answers("/health/live", 200, "{\"status\":\"live\"}");
    }

    @Test
    void aRegionWithoutItsStoreIsNamedAndKeepsNobodyFromTheOthers() throws Exception {
        health.broken("the folder /secret/place is gone");
        answers(
                "/health/ready",
                200,
                "{\"status\":\"ready\",\"reasons\":[],\"unavailableRegions\":[\"cn-hangzhou\"]}");
    }

    @Test
    void withoutItsCatalogItIsAliveButNotReady() throws Exception {
        catalog.trouble = Optional.of(new CatalogException("no route to some database"));
        answers(
                "/health/ready",
                503,
                "{\"status\":\"not ready\",\"reasons\":[\"catalog does not answer\"],\"unavailableRegions\":[]}");
        answers("/health/live", 200, "{\"status\":\"live\"}");
    }

    @Test
    void aServerThatDrainsIsNotReadyForGood() throws Exception {
        readiness.drain();
        answers(
                "/health/ready",
                503,
                "{\"status\":\"not ready\",\"reasons\":[\"draining\"],\"unavailableRegions\":[]}");
    }

    @Test
    void aCatalogThatHangsIsAskedOnceHoweverManyWantToKnow() throws Exception {
        catalog.hangs = true;
        List<CompletableFuture<HttpResponse<String>>> asked =
                List.of(ask("GET", "/health/ready"), ask("GET", "/health/ready"));
        for (CompletableFuture<HttpResponse<String>> each : asked) {
            assertThat(each.get().statusCode()).isEqualTo(503);
        }
        assertThat(catalog.reads).hasValue(1);
    }

    @Test
    void onlyReadsAreAnswered() throws Exception {
        assertThat(ask("HEAD", "/health/live").get().statusCode()).isEqualTo(200);
        assertThat(ask("POST", "/health/live").get().statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/health/other").get().statusCode()).isEqualTo(404);
    }

    private void answers(String path, int status, String body) throws Exception {
        HttpResponse<String> answer = ask("GET", path).get();
        assertThat(answer.body().strip()).isEqualTo(body);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    private CompletableFuture<HttpResponse<String>> ask(String method, String path) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// A catalog that can be read, or not.
    private static final class SomeCatalog implements Catalog {
        private final AtomicInteger reads = new AtomicInteger();
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final Catalog well = SqliteCatalog.inMemory(InstantSource.system(), new Random(1));
        private volatile Optional<CatalogException> trouble = Optional.empty();
        private volatile boolean hangs;

        @Override
        public <T> T read(Function<Tables, T> work) {
            reads.incrementAndGet();
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            if (hangs) {
                awaitEnd();
            }
            return well.read(work);
        }

        private void awaitEnd() {
            try {
                goOn.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public <T> T write(Function<Tables, T> work) {
            throw new UnsupportedOperationException("a probe changes nothing");
        }

        @Override
        public void listen(Consumer<RegionId> listener) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {
            well.close();
        }
    }
}
