package org.imageferry.copy;

import java.util.Optional;

/// Whether a region's store can be used, and if not, why not.
///
/// Worked out anew at each start and by each use of the store, so it is not in the catalog.
public final class RegionHealth {
    private volatile Optional<String> trouble = Optional.empty();

    /// Why the region can't be used now; empty when it can.
    public Optional<String> trouble() {
        return trouble;
    }

    public void broken(String reason) {
        trouble = Optional.of(reason);
    }

    public void well() {
        trouble = Optional.empty();
    }
}
