package org.imageferry.ecs.action;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Tagging;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.TagErrors;
import org.imageferry.ecs.Touched;

/// Takes tags, or all of them, from up to fifty images or snapshots. Source: ECS API 2014-05-26,
/// UntagResources; `All` counts only where no `TagKey.N` is given.
final class UntagResources implements Action {
    private final Tagging tagging;
    private final RegionMap regions;

    UntagResources(Engine engine) {
        this.tagging = engine.tagging();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "UntagResources";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AskedTags asked = new AskedTags(request.parameters());
        RegionId region = asked.region(regions);
        Set<ResourceId> ids = asked.resourceIds();
        UnaryOperator<Tags> next = next(asked);
        return new Prepared(
                ids.stream().map(id -> Touched.resource(region, id)).toList(),
                () -> {
                    tagging.change(request.caller(), region, ids, next);
                    return Trees.tree();
                });
    }

    private static UnaryOperator<Tags> next(AskedTags asked) {
        Set<String> keys = asked.keys();
        if (!keys.isEmpty()) {
            return tags -> tags.without((key, _) -> keys.contains(key));
        }
        if (!asked.parameters().is("All")) {
            throw new EcsException(TagErrors.NO_TAGS.advising("Give TagKey.N, or All=true."));
        }
        return _ -> Tags.NONE;
    }
}
