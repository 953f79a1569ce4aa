package org.imageferry.access;

import java.util.ArrayList;
import java.util.List;

/// What somebody may do: all that each of the layers allows. A layer allows what one of its policies
/// allows and none denies. Without layers, as for an account's own keys, all is allowed.
public record Rights(List<List<Policy>> layers) {
    public static final Rights UNLIMITED = new Rights(List.of());

    public Rights {
        layers = layers.stream().map(List::copyOf).toList();
    }

    /// What these policies allow together: nothing, if there are none.
    public static Rights of(List<Policy> policies) {
        return new Rights(List.of(policies));
    }

    /// No more than this policy allows as well.
    public Rights narrowedBy(Policy policy) {
        List<List<Policy>> more = new ArrayList<>(layers);
        more.add(List.of(policy));
        return new Rights(more);
    }

    boolean allow(String action, Resource resource) {
        return layers.stream().allMatch(layer -> allows(layer, action, resource));
    }

    private static boolean allows(List<Policy> layer, String action, Resource resource) {
        return layer.stream().anyMatch(it -> it.says(Policy.Effect.Allow, action, resource))
                && layer.stream().noneMatch(it -> it.says(Policy.Effect.Deny, action, resource));
    }
}
