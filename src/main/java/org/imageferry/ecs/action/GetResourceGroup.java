package org.imageferry.ecs.action;

import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Shows a resource group. Source: ResourceManager API 2020-03-31, GetResourceGroup.
final class GetResourceGroup implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    GetResourceGroup(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.RESOURCE_MANAGER;
    }

    @Override
    public String name() {
        return "GetResourceGroup";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        ResourceGroupId id = Asked.group(request.parameters());
        AccountId account = request.caller().account();
        return new Prepared(
                Touched.group(id),
                () -> {
                    ResourceGroup group = catalog.read(tables -> find(tables, account, id));
                    return GroupTree.one(group, GroupTree.OK, regions);
                });
    }

    private static ResourceGroup find(Tables tables, AccountId account, ResourceGroupId id) {
        if (id.equals(ResourceGroupId.standard(account))) {
            return GroupTree.standard(tables, account);
        }
        return tables.groups()
                .find(id)
                .filter(group -> group.account().equals(account))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownResourceGroup(id)));
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.groupError(refusal);
    }
}
