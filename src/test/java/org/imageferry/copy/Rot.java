package org.imageferry.copy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.imageferry.domain.RegionId;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Bits that flip in segments and manifests, and such that get lost.
final class Rot {
    private static final int MOST = 8;
    private static final int FLIPS_PER_LOSS = 3;

    private final Durable durable;
    private final RandomGenerator chance;
    private final Trace trace;
    private final Set<ObjectName> lost = new HashSet<>();
    private int strikes;

    Rot(Durable durable, RandomGenerator chance, Trace trace) {
        this.durable = durable;
        this.chance = chance;
        this.trace = trace;
    }

    void strike() throws StoreException {
        RegionId region = durable.regions().get(chance.nextInt(durable.regions().size()));
        MemoryRegionStore store = durable.store(region);
        List<ObjectName> objects =
                store.objects().stream()
                        .filter(name -> name.value().matches("(segments|manifests)/.*"))
                        .sorted((one, other) -> one.value().compareTo(other.value()))
                        .toList();
        if (strikes == MOST || objects.isEmpty()) {
            return;
        }
        strikes++;
        ObjectName object = objects.get(chance.nextInt(objects.size()));
        if (chance.nextInt(FLIPS_PER_LOSS + 1) == 0) {
            trace.note(region.value(), "loses " + object);
            lost.add(object);
            store.delete(object);
        } else {
            int bits = Math.toIntExact(store.length(object)) * Byte.SIZE;
            trace.note(region.value(), "rots in " + object);
            store.corrupt(object, chance.nextInt(bits));
        }
    }

    boolean happened() {
        return strikes > 0;
    }

    /// Whether the object is gone through no fault of the engine.
    boolean lost(ObjectName object) {
        return lost.contains(object);
    }
}
