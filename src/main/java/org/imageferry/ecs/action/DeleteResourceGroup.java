package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Deletes a resource group that nothing is in. It is gone at once, though the answer says, as at
/// Alibaba Cloud, that it goes. Source: ResourceManager API 2020-03-31, DeleteResourceGroup.
final class DeleteResourceGroup implements Action {
    private final ResourceGrouping grouping;
    private final RegionMap regions;

    DeleteResourceGroup(Engine engine) {
        this.grouping = engine.grouping();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.RESOURCE_MANAGER;
    }

    @Override
    public String name() {
        return "DeleteResourceGroup";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        ResourceGroupId id = Asked.group(request.parameters());
        return new Prepared(
                Touched.group(id),
                () ->
                        GroupTree.one(
                                grouping.delete(request.caller(), id), GroupTree.GOES, regions));
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.groupError(refusal);
    }
}
