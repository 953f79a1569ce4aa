package org.imageferry.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.ecs.client.EcsFailure;

/// What a server has acknowledged over all its lives, and so must still be true.
final class Ledger {
    /// An image that was promised, and not cancelled or deleted since.
    record Held(String id, String region, String name, TestDisk content) {}

    /// An export that was promised.
    record Exporting(String task, String region, String object, TestDisk content) {}

    /// A change whose answer was lost with the server: nobody knows whether it happened.
    interface Attempt {
        /// Makes the change, unless it was made before, and enters it here.
        void make(Wire wire) throws EcsFailure;
    }

    final Map<String, Held> images = new LinkedHashMap<>();
    final List<Exporting> exports = new ArrayList<>();
    final Deque<Attempt> unanswered = new ArrayDeque<>();

    /// Names of images that were cancelled or deleted: free again.
    final Set<String> freeNames = new HashSet<>();

    /// The furthest that each image was seen to have come.
    private final Map<String, Integer> percents = new HashMap<>();

    /// Images whose bytes were compared with their source already.
    final Set<String> proven = new HashSet<>();

    void hold(Held image) {
        images.put(image.id(), image);
    }

    void release(Held image) {
        images.remove(image.id());
        freeNames.add(image.name());
    }

    List<Held> in(String region) {
        return images.values().stream().filter(it -> it.region().equals(region)).toList();
    }

    /// @return the furthest that the image was seen before
    int seenAt(String image, int percent) {
        Integer before = percents.put(image, percent);
        return before == null ? 0 : before;
    }
}
