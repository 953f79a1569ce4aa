package org.imageferry.server;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.imageferry.copy.Errands;
import org.imageferry.domain.RegionId;

/// A call for each kind of work in each region, made when there is some.
final class Calls {
    private final int atOnce;

    private record Post(RegionId region, Errands.Kind kind) {}

    private final Map<Post, Call> posts = new ConcurrentHashMap<>();

    /// @param atOnce how many of those who bring parts one call is for
    Calls(int atOnce) {
        this.atOnce = atOnce;
    }

    Call of(RegionId region, Errands.Kind kind) {
        return posts.computeIfAbsent(
                new Post(region, kind), _ -> new Call(kind == Errands.Kind.PARTS ? atOnce : 1));
    }

    /// From now on nobody waits for one.
    void end() {
        posts.values().forEach(Call::end);
    }
}
