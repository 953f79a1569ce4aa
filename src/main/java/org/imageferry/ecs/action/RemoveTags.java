package org.imageferry.ecs.action;

import java.util.List;
import java.util.Set;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Tagging;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Takes tags from an image or a snapshot: those of the keys that are given and, where a value is given
/// too, of that value. Source: ECS API 2014-05-26, RemoveTags, which UntagResources has followed.
final class RemoveTags implements Action {
    private final Tagging tagging;
    private final RegionMap regions;

    RemoveTags(Engine engine) {
        this.tagging = engine.tagging();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "RemoveTags";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AskedTags asked = new AskedTags(request.parameters());
        RegionId region = asked.region(regions);
        ResourceId id = asked.resourceId();
        Tags less = asked.tags();
        return new Prepared(
                List.of(Touched.resource(region, id)),
                () -> {
                    tagging.change(
                            request.caller(),
                            region,
                            Set.of(id),
                            tags -> tags.without((key, value) -> goes(less, key, value)));
                    return Trees.tree();
                });
    }

    private static boolean goes(Tags less, String key, String value) {
        String asked = less.all().getOrDefault(key, "");
        return less.all().containsKey(key) && (asked.isEmpty() || asked.equals(value));
    }
}
