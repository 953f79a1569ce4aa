package org.imageferry.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.copy.Errands;
import org.imageferry.domain.RegionId;

/// A call for each kind of work in each region, made when there is some.
final class Calls {
    private record Post(RegionId region, Errands.Kind kind) {}

    private final Map<Post, Call> posts = new ConcurrentHashMap<>();

    Call of(RegionId region, Errands.Kind kind) {
        return posts.computeIfAbsent(new Post(region, kind), _ -> new Call());
    }

    /// From now on nobody waits for one.
    void end() {
        posts.values().forEach(Call::end);
    }
}
