package org.imageferry.ecs.action;

import org.imageferry.copy.CopyPlan;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.CopyErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Says how many bytes a copy would move if it ran now.
final class PlanCopy implements Action {
    private final Engine.CopyPlans plans;
    private final RegionMap regions;

    PlanCopy(Engine engine) {
        this.plans = engine.plans();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "PlanCopy";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region = Asked.region(parameters, regions);
        ImageId image = Asked.image(parameters);
        RegionId destination = destination(parameters);
        return new Prepared(
                Touched.image(region, image),
                () ->
                        tree(
                                plans.plan(
                                        request.caller(),
                                        region,
                                        image,
                                        destination,
                                        parameters.flag("Encrypted"),
                                        parameters.find("KMSKeyId"))));
    }

    private static ObjectNode tree(CopyPlan plan) {
        ObjectNode tree = Trees.tree();
        tree.put("ContentBytes", plan.contentBytes());
        tree.put("NewBytes", plan.newBytes());
        tree.put("NewStoredBytes", plan.newStoredBytes());
        return tree;
    }

    private RegionId destination(Parameters parameters) {
        RegionId destination =
                Asked.parse(
                        parameters.require("DestinationRegionId"),
                        RegionId::new,
                        CopyErrors.UNKNOWN_DESTINATION_REGION);
        if (regions.find(destination).isEmpty()) {
            throw new RefusedException(new Refusal.UnknownDestinationRegion(destination));
        }
        return destination;
    }
}
