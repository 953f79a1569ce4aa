package org.imageferry.copy;

import java.util.Optional;

/// Whether a region's store can be used, and if not, why not.
///
/// A store that is full takes nothing more, but what it holds can be read, and deleted to make room.
///
/// Worked out anew at each start and by each use of the store, so it is not in the catalog.
public final class RegionHealth {
    private record Trouble(String reason, boolean readable) {}

    private volatile Optional<Trouble> trouble = Optional.empty();

    /// Why nothing can be brought into the region now; empty when all is well.
    public Optional<String> trouble() {
        return trouble.map(Trouble::reason);
    }

    /// Why not even what the region holds can be read or deleted now; empty when it can.
    public Optional<String> gone() {
        return trouble.filter(it -> !it.readable()).map(Trouble::reason);
    }

    public void broken(String reason) {
        trouble = Optional.of(new Trouble(reason, false));
    }

    public void full(String reason) {
        trouble = Optional.of(new Trouble(reason, true));
    }

    public void well() {
        trouble = Optional.empty();
    }
}
