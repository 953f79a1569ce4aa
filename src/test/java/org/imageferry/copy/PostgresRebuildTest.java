package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.PostgresOffline;
import org.imageferry.catalog.jdbc.RowDump;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.junit.jupiter.api.AfterEach;

/// In PostgreSQL, in a database that had none.
final class PostgresRebuildTest extends RebuildContract {
    private final PostgresAddress address = TestPostgres.empty();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void drop() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        TestPostgres.drop(address);
    }

    @Override
    Place place(RebuildScene scene) {
        TestClock clock = scene.engine().durable().clock();
        PostgresOffline offline = TestPostgres.take(address, clock);
        open.add(offline);
        return new Schemas(offline, clock);
    }

    @Override
    int stepsBetweenCrashes() {
        return 211;
    }

    private final class Schemas implements Place {
        private final PostgresOffline offline;
        private final TestClock clock;

        Schemas(PostgresOffline offline, TestClock clock) {
            this.offline = offline;
            this.clock = clock;
        }

        @Override
        public Catalog empty() {
            return offline.next(new SplittableRandom(9));
        }

        @Override
        public Map<String, List<String>> rows() throws Exception {
            return RowDump.of(address, "imageferry_next");
        }

        @Override
        public Catalog inUse(Catalog made) {
            made.close();
            var _ = offline.swap();
            offline.close();
            Catalog catalog = TestPostgres.open(address, clock);
            open.add(catalog);
            return catalog;
        }

        @Override
        public void check() {}
    }
}
