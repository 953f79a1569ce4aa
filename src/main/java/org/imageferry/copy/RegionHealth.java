package org.imageferry.copy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Whether a region's store can be used, and if not, why not.
///
/// Worked out anew at each start and by each use of the store, so it is not in the catalog.
public final class RegionHealth {
    private final AtomicReference<Optional<String>> trouble =
            new AtomicReference<>(Optional.empty());

    /// Why the region can't be used now; empty when it can.
    public Optional<String> trouble() {
        return trouble.get();
    }

    /// @return whether this is news
    public boolean broken(String reason) {
        Optional<String> next = Optional.of(reason);
        return !trouble.getAndSet(next).equals(next);
    }

    /// @return whether this is news
    public boolean well() {
        return trouble.getAndSet(Optional.empty()).isPresent();
    }
}
