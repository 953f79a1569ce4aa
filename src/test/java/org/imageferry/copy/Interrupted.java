package org.imageferry.copy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// A catalog in which something happens right after a transaction that changed it, again and again.
final class Interrupted implements Catalog {
    private final Catalog catalog;
    private final Runnable event;
    private final AtomicBoolean happening = new AtomicBoolean();

    Interrupted(Catalog catalog, Runnable event) {
        this.catalog = catalog;
        this.event = event;
    }

    @Override
    public <T> T write(Function<Tables, T> work) {
        T result = catalog.write(work);
        if (happening.compareAndSet(false, true)) {
            event.run();
            happening.set(false);
        }
        return result;
    }

    @Override
    public <T> T read(Function<Tables, T> work) {
        return catalog.read(work);
    }

    @Override
    public void listen(Consumer<RegionId> listener) {
        catalog.listen(listener);
    }

    @Override
    public void close() {
        catalog.close();
    }
}
