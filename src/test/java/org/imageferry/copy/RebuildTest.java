package org.imageferry.copy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.RowDump;
import org.imageferry.catalog.jdbc.SqliteCatalog;

/// In a file.
final class RebuildTest extends RebuildContract {
    @Override
    Place place(RebuildScene scene) {
        return new Files(scene);
    }

    @Override
    int stepsBetweenCrashes() {
        return 37;
    }

    private static final class Files implements Place {
        private final RebuildScene scene;
        private Path last = Path.of("none");

        Files(RebuildScene scene) {
            this.scene = scene;
        }

        @Override
        public Catalog empty() {
            last = scene.next();
            return scene.empty(last);
        }

        @Override
        public Map<String, List<String>> rows() throws Exception {
            return RowDump.of(last);
        }

        @Override
        public Catalog inUse(Catalog made) {
            return made;
        }

        @Override
        public void check() {
            SqliteCatalog.check(last);
        }
    }
}
