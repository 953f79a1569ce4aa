package org.imageferry.store.file;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.imageferry.store.Extent;
import org.imageferry.store.Upload.Arrived;

/// What has arrived of an upload. No two extents overlap.
final class ArrivedExtents {
    private final TreeMap<Long, Arrived> byOffset = new TreeMap<>();

    synchronized void add(Arrived arrived) {
        remove(arrived.extent());
        byOffset.put(arrived.extent().offset(), arrived);
    }

    /// Removes all that `extent` overlaps.
    synchronized void remove(Extent extent) {
        Map.Entry<Long, Arrived> last = byOffset.lowerEntry(extent.end());
        while (last != null && last.getValue().extent().end() > extent.offset()) {
            byOffset.remove(last.getKey());
            last = byOffset.lowerEntry(extent.end());
        }
    }

    synchronized List<Arrived> list() {
        return List.copyOf(byOffset.values());
    }
}
