package org.imageferry.metrics;

import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionHealth;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Progress;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.store.MemoryRegionStore;

/// Metrics over a catalog in memory with two regions, and a stop watch that stands still.
final class MetricsScene implements AutoCloseable {
    static final List<RegionId> REGIONS = List.of(HANGZHOU, SHANGHAI);

    private final TestClock clock = new TestClock();
    private final AtomicLong nanos = new AtomicLong();
    private final SqliteCatalog inMemory = SqliteCatalog.inMemory(clock, new Random(1));
    private final Troubled troubled = new Troubled();
    private final Metrics metrics = new Metrics(REGIONS, "1.2.3", nanos::get);
    private final Catalog catalog = metrics.watched(troubled);
    private final CatalogScenes scenes = new CatalogScenes(catalog);
    private final RegionHealth health = new RegionHealth();

    /// The catalog, unless it is in trouble.
    private final class Troubled implements Catalog {
        private volatile Optional<CatalogException> trouble = Optional.empty();

        @Override
        public <T> T write(Function<Tables, T> work) {
            trouble.ifPresent(MetricsScene::raise);
            return inMemory.write(work);
        }

        @Override
        public <T> T read(Function<Tables, T> work) {
            trouble.ifPresent(MetricsScene::raise);
            return inMemory.read(work);
        }

        @Override
        public void listen(Consumer<RegionId> listener) {
            inMemory.listen(listener);
        }

        @Override
        public void close() {
            inMemory.close();
        }
    }

    private static void raise(CatalogException trouble) {
        throw trouble;
    }

    void trouble(String reason) {
        troubled.trouble = Optional.of(new CatalogException(reason));
    }

    void noTrouble() {
        troubled.trouble = Optional.empty();
    }

    Metrics metrics() {
        return metrics;
    }

    Catalog catalog() {
        return catalog;
    }

    CatalogScenes scenes() {
        return scenes;
    }

    TestClock clock() {
        return clock;
    }

    RegionHealth health() {
        return health;
    }

    /// Time passes, for stop watches only.
    void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /// @return this
    MetricsScene watch() {
        metrics.watch(
                catalog,
                new RegionMap(
                        REGIONS.stream()
                                .map(id ->
                                        new Region(
                                                id,
                                                id.value(),
                                                new MemoryRegionStore(),
                                                Map.of(),
                                                1,
                                                health))
                                .toList()));
        return this;
    }

    /// A waiting copy into Shanghai.
    Task copy() {
        return scenes.copy(scenes.image(scenes.account(), HANGZHOU), SHANGHAI);
    }

    void progress(Task task, long done, long moved, long stored) {
        catalog.write(tables -> {
            tables.tasks().addProgress(task.id(), new Progress(0, done, moved, stored));
            return task;
        });
    }

    /// The page as it is some time later, when nothing read before is fresh.
    String page() {
        advance(Duration.ofMinutes(1));
        return pageAtOnce();
    }

    String pageAtOnce() {
        return StandardCharsets.UTF_8.decode(metrics.page("").body()).toString();
    }

    @Override
    public void close() {
        catalog.close();
    }
}
