package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GroupErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Puts an image or a snapshot into another resource group. Source: ECS API 2014-05-26,
/// JoinResourceGroup, where what is missing has another status than elsewhere.
final class JoinResourceGroup implements Action {
    private static final int FORBIDDEN = 403;

    private final ResourceGrouping grouping;
    private final RegionMap regions;

    JoinResourceGroup(Engine engine) {
        this.grouping = engine.grouping();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "JoinResourceGroup";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        require(parameters, "RegionId");
        RegionId region = Asked.region(parameters, regions);
        ResourceId resource =
                resource(require(parameters, "ResourceType"), require(parameters, "ResourceId"));
        ResourceGroupId group = new ResourceGroupId(require(parameters, "ResourceGroupId"));
        return new Prepared(
                Touched.resource(region, resource),
                () -> {
                    grouping.join(request.caller(), region, resource, group);
                    return Trees.tree();
                });
    }

    private static String require(Parameters parameters, String name) {
        return parameters.find(name).orElseThrow(() -> missing(name));
    }

    private static EcsException missing(String name) {
        EcsError error = CommonErrors.missing(name);
        return new EcsException(
                new EcsError(FORBIDDEN, error.code(), error.message(), error.advice()));
    }

    private static ResourceId resource(String type, String id) {
        EcsException unknown = new EcsException(GroupErrors.UNKNOWN_JOINED);
        try {
            return TaggedTypes.of(type).orElseThrow(() -> unknown).id(id);
        } catch (RefusedException _) {
            throw unknown;
        }
    }

    @Override
    public EcsError error(Refusal refusal) {
        return refusal instanceof Refusal.UnknownResource
                ? GroupErrors.UNKNOWN_JOINED
                : EcsError.of(refusal);
    }
}
