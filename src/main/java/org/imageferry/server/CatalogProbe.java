package org.imageferry.server;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.imageferry.catalog.Catalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out whether the catalog can be read. However many ask, it is read once in a second and by one at a
/// time: anybody may ask, without a signature.
final class CatalogProbe {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogProbe.class);

    private static final Duration FRESH = Duration.ofSeconds(1);

    private record Asked(CompletableFuture<Boolean> answer, long nanos) {}

    private final Catalog catalog;
    private final Executor executor;
    private final Duration patience;
    private Optional<Asked> last = Optional.empty();

    /// @param executor may be blocked by a catalog that hangs, once
    /// @param patience after which a catalog that hangs does not answer
    CatalogProbe(Catalog catalog, Executor executor, Duration patience) {
        this.catalog = catalog;
        this.executor = executor;
        this.patience = patience;
    }

    /// Whether it can be read, as of a second ago at most.
    boolean answers() {
        try {
            return asked().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private synchronized CompletableFuture<Boolean> asked() {
        long now = System.nanoTime();
        boolean useful =
                last.filter(it -> !it.answer().isDone() || now - it.nanos() < FRESH.toNanos())
                        .isPresent();
        if (!useful) {
            last = Optional.of(new Asked(CompletableFuture.supplyAsync(this::read, executor), now));
        }
        return last.orElseThrow().answer();
    }

    private boolean read() {
        try {
            catalog.read(tables -> tables.now());
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("the catalog does not answer");
            return false;
        }
    }
}
