package org.imageferry.transfer;

import java.util.Set;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Removes from a store what a catalog does not need of it.
///
/// @param store that no server uses
public record Prune(Inventory inventory, RegionStore store) {
    /// @return how many objects
    public long run() throws StoreException {
        Set<ObjectName> names = Transfer.names(store);
        inventory.each(items -> items.forEach(item -> names.remove(item.name())));
        long removed = 0;
        for (ObjectName name : names) {
            if (isOurs(name)) {
                store.delete(name);
                removed++;
            }
        }
        return removed;
    }

    private static boolean isOurs(ObjectName name) {
        return StoreLayout.segmentId(name).isPresent()
                || StoreLayout.manifestId(name).isPresent()
                || StoreLayout.recordSequence(name).isPresent();
    }
}
