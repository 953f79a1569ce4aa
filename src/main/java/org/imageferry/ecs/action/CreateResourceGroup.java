package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.ResourceGrouping;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GroupErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

/// Makes a resource group, which can be used at once. Source: ResourceManager API 2020-03-31,
/// CreateResourceGroup.
final class CreateResourceGroup implements Action {
    private static final int MOST_CHARS = 50;

    private final ResourceGrouping grouping;
    private final RegionMap regions;

    CreateResourceGroup(Engine engine) {
        this.grouping = engine.grouping();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.RESOURCE_MANAGER;
    }

    @Override
    public String name() {
        return "CreateResourceGroup";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        ResourceGroupName name = groupName(request.parameters());
        String displayName = displayName(request.parameters());
        return new Prepared(
                Touched.groups(),
                () ->
                        GroupTree.one(
                                grouping.create(request.caller(), name, displayName),
                                GroupTree.OK,
                                regions));
    }

    private static ResourceGroupName groupName(Parameters parameters) {
        String name = parameters.require("Name");
        if (name.length() > MOST_CHARS) {
            throw new EcsException(GroupErrors.GROUP_NAME_LENGTH);
        }
        return new ResourceGroupName(name);
    }

    private static String displayName(Parameters parameters) {
        String name =
                parameters
                        .find("DisplayName")
                        .orElseThrow(() -> new EcsException(GroupErrors.NO_DISPLAY_NAME));
        if (name.codePointCount(0, name.length()) > MOST_CHARS) {
            throw new EcsException(GroupErrors.DISPLAY_NAME_LENGTH);
        }
        return name;
    }
}
