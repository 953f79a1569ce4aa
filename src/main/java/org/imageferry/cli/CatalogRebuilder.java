package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Makes the catalog of an installation anew from its regions' stores. Supplied by who knows the server;
/// commands don't.
@FunctionalInterface
public interface CatalogRebuilder {
    /// What is asked for.
    ///
    /// @param data the data folder of a server that is stopped, or of one of them
    /// @param config the server's configuration file
    /// @param without regions to leave out
    /// @param force whether to go on where something would be lost
    /// @param newMasterKey whether the master key is lost, and a new one to be made
    record Order(
            Path data,
            Optional<Path> config,
            Set<String> without,
            boolean force,
            boolean newMasterKey) {
        public Order {
            without = Set.copyOf(without);
        }
    }

    /// What a region's store gave.
    ///
    /// @param damagedImages of the images, those that lack bytes
    /// @param damagedSnapshots the same of the snapshots
    /// @param bytes of the segments
    /// @param leftOut what the store tells of that could not be restored
    record Region(
            String id,
            long images,
            long damagedImages,
            long snapshots,
            long damagedSnapshots,
            long keys,
            long segments,
            long blocks,
            long bytes,
            long leftOut) {
        boolean whole() {
            return damagedImages == 0 && damagedSnapshots == 0 && leftOut == 0;
        }
    }

    /// What the new catalog holds.
    ///
    /// @param notes of what is damaged or left out, and what is to be done next; a sentence each
    /// @param kept where the old catalog is, if there was one
    record Rebuilt(long accounts, List<Region> regions, List<String> notes, Optional<String> kept) {
        public Rebuilt {
            regions = List.copyOf(regions);
            notes = List.copyOf(notes);
        }
    }

    /// Returns when the new catalog is in place.
    ///
    /// @param progress told how far it has come, a line each
    /// @throws IOException if it can't; the message says why and what to do, and the old catalog is still
    ///     in place
    Rebuilt rebuild(Order order, Consumer<String> progress) throws IOException;
}
