package org.imageferry.ecs.action;

import java.util.Set;
import org.imageferry.copy.RegionMap;
import org.imageferry.copy.Tagging;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.TagErrors;
import org.imageferry.ecs.Touched;

/// Gives tags to up to fifty images or snapshots, whose tags of the same keys they replace. Source: ECS
/// API 2014-05-26, TagResources; AddTags is what it was called before, for one resource at a time.
final class TagResources implements Action {
    private final Tagging tagging;
    private final RegionMap regions;
    private final boolean legacy;

    /// @param legacy whether to be AddTags
    TagResources(Engine engine, boolean legacy) {
        this.tagging = engine.tagging();
        this.regions = engine.regions();
        this.legacy = legacy;
    }

    @Override
    public String name() {
        return legacy ? "AddTags" : "TagResources";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AskedTags asked = new AskedTags(request.parameters());
        RegionId region = asked.region(regions);
        Set<ResourceId> ids = legacy ? Set.of(asked.resourceId()) : asked.resourceIds();
        Tags more = asked.tags();
        return new Prepared(
                ids.stream().map(id -> Touched.resource(region, id)).toList(),
                () -> {
                    tagging.change(request.caller(), region, ids, tags -> tags.and(more));
                    return Trees.tree();
                });
    }

    @Override
    public EcsError error(Refusal refusal) {
        return refusal instanceof Refusal.TooManyTags ? TagErrors.TAG_QUOTA : EcsError.of(refusal);
    }
}
