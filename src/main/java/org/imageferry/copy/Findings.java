package org.imageferry.copy;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.blocks.DamagedException;
import org.imageferry.store.StoreException;

/// What a verification found wrong, as far as it fits into a reason.
final class Findings {
    private static final int MOST = 20;

    private final List<String> first = new ArrayList<>();
    private long count;
    private boolean damage;
    private boolean unread;

    void damaged(String finding) {
        damage = true;
        add(finding);
    }

    /// It was damaged, and is no more.
    void healed(String finding) {
        add(finding + "; healed");
    }

    /// Whether it is damaged is not known.
    void unread(String finding) {
        unread = true;
        add(finding);
    }

    private void add(String finding) {
        count++;
        if (first.size() < MOST) {
            first.add(finding);
        }
    }

    /// @throws DamagedException if anything is wrong
    /// @throws StoreException if nothing is, but something was, or not all could be read
    void throwIfAny(Region region) throws DamagedException, StoreException {
        if (count == 0) {
            return;
        }
        String more = count > first.size() ? "; and " + (count - first.size()) + " more" : "";
        String all = String.join("; ", first) + more;
        if (damage) {
            throw new DamagedException("region " + region.id(), all);
        }
        throw unread
                ? new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "region " + region.id() + " can't be verified: " + all)
                : new StoreException(
                        StoreException.Kind.DAMAGED,
                        "region " + region.id() + " was damaged, and is whole again: " + all);
    }
}
