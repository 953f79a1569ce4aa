package org.imageferry.server;

import java.io.IOException;
import org.imageferry.catalog.CatalogException;
import org.imageferry.cli.Relocations;
import org.imageferry.settings.StartException;
import org.imageferry.store.StoreException;

/// Does it with folders, databases and buckets as they are.
public final class Relocator implements Relocations {
    private interface Work {
        Relocated run() throws StartException, StoreException, IOException;
    }

    @Override
    public Relocated backup(Backup order, Watch watch) throws IOException {
        return explained(() -> new BackupRun(order, watch).run());
    }

    @Override
    public Relocated restore(Restore order, Watch watch) throws IOException {
        return explained(() -> new RestoreRun(order, watch).run());
    }

    @Override
    public Relocated migrate(Migration order, Watch watch) throws IOException {
        return explained(() -> new MigrationRun(order, watch, System.getenv()).run());
    }

    private static Relocated explained(Work work) throws IOException {
        try {
            return work.run();
        } catch (StartException | CatalogException | StoreException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
