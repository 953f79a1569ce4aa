package org.imageferry.copy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.imageferry.catalog.Catalog;

/// The claims that this process works under, and how long it claims at a time.
///
/// Work under a claim that is gone, cancelled or overtaken, would be refused when it is committed. To be told
/// earlier saves what it would still read and write.
public final class Leases {
    /// Long enough for a segment over a slow link, short enough that a dead node's work is taken up.
    public static final Duration USUAL = Duration.ofMinutes(1);

    private final Duration length;
    private final LongSupplier nanos;
    private final Map<Long, Lease> held = new ConcurrentHashMap<>();

    /// @param length a claim ends so long after it was last renewed
    /// @param nanos the time since some moment that stays the same
    public Leases(Duration length, LongSupplier nanos) {
        this.length = length;
        this.nanos = nanos;
    }

    Duration length() {
        return length;
    }

    /// A claim that was taken just now. Whoever closes it is done with it.
    Lease of(Catalog catalog, long claim) {
        Lease lease = new Lease(catalog, claim, length, nanos, () -> held.remove(claim));
        held.put(claim, lease);
        return lease;
    }

    /// Tells those who work under claims that are gone. To be called again and again.
    public void look(Catalog catalog) {
        Set<Long> claims = Set.copyOf(held.keySet());
        if (claims.isEmpty()) {
            return;
        }
        Set<Long> kept = catalog.read(tables -> tables.claims().held(claims));
        for (long claim : claims) {
            Lease lease = held.get(claim);
            if (lease != null && !kept.contains(claim)) {
                lease.lose();
            }
        }
    }
}
