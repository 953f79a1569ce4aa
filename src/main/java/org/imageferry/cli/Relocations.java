package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Brings whole installations from one place to another. Supplied by who knows the server; commands don't.
public interface Relocations {
    /// @param data the data folder of a server, which may run
    /// @param config the server's configuration file, which is backed up, too
    /// @param secrets whether the master key and the credentials are part of the backup
    record Backup(Path data, Optional<Path> config, Path to, boolean secrets) {}

    /// @param from what a backup wrote
    /// @param data a folder that is new or empty
    record Restore(Path from, Path data) {}

    /// @param data the data folder of a server that is stopped
    /// @param config how it is to be: where the catalog and the regions are
    /// @param to a folder that is new or empty: the data folder from then on
    record Migration(Path data, Path config, Path to) {}

    /// Hears how it comes along.
    interface Watch {
        void say(String line);

        /// @param done bytes of `total`
        void moved(long done, long total);
    }

    /// What became of a region's store.
    ///
    /// @param objects how many the catalog needs of it
    /// @param bytes of the new ones
    /// @param missing how many were not in the store before either
    /// @param damaged how many were damaged before, and are now
    record Region(String id, long objects, long brought, long bytes, long missing, long damaged) {
        boolean whole() {
            return missing == 0 && damaged == 0;
        }
    }

    /// What is there now.
    ///
    /// @param rows of the catalog's tables, where they were counted
    /// @param notes of what is damaged, what is not part of it, and what is to be done next
    record Relocated(List<Region> regions, Optional<Long> rows, List<String> notes) {
        public Relocated {
            regions = List.copyOf(regions);
            notes = List.copyOf(notes);
        }
    }

    /// Returns when the backup is whole; the one that was there before is until then.
    ///
    /// @throws IOException if it can't; the message says why and what to do. Given again, it goes on
    Relocated backup(Backup order, Watch watch) throws IOException;

    /// Returns when a server can be started on the folder.
    ///
    /// @throws IOException if it can't; the message says why and what to do. Given again, it goes on
    Relocated restore(Restore order, Watch watch) throws IOException;

    /// Returns when a server can be started on the new folder with its configuration.
    ///
    /// @throws IOException if it can't; the message says why and what to do, and the old installation is
    ///     as it was. Given again, it goes on
    Relocated migrate(Migration order, Watch watch) throws IOException;
}
