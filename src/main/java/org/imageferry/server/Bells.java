package org.imageferry.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.domain.RegionId;

/// A bell for each region, so that a change wakes those that it may concern, and one for all.
final class Bells {
    private final Map<RegionId, Bell> regions = new ConcurrentHashMap<>();
    private final Bell all = new Bell();

    Bell of(RegionId region) {
        return regions.computeIfAbsent(region, _ -> new Bell());
    }

    /// Rings whatever region it rings for.
    Bell ofAll() {
        return all;
    }

    void ring(RegionId region) {
        of(region).ring();
        all.ring();
    }

    void ringAll() {
        regions.values().forEach(Bell::ring);
        all.ring();
    }
}
