package org.imageferry.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.copy.Errands;
import org.imageferry.domain.RegionId;

/// A bell for each kind of work in each region, rung when there is some.
final class Calls {
    private record Post(RegionId region, Errands.Kind kind) {}

    private final Map<Post, Bell> posts = new ConcurrentHashMap<>();

    Bell of(RegionId region, Errands.Kind kind) {
        return posts.computeIfAbsent(new Post(region, kind), _ -> new Bell());
    }

    void ringAll() {
        posts.values().forEach(Bell::ring);
    }
}
