package org.imageferry.ecs.action;

import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.PlaceErrors;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Lists the one zone that each region has here. Nothing can be created in it: no instances, no disks.
/// Source: ECS API 2014-05-26, DescribeZones.
final class DescribeZones implements Action {
    private final RegionMap regions;

    DescribeZones(Engine engine) {
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeZones";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        Region region = regions.get(Asked.region(parameters, regions));
        Asked.oneOf(
                parameters, "InstanceChargeType", PlaceErrors.CHARGE_TYPE, "PrePaid", "PostPaid");
        Asked.oneOf(
                parameters,
                "SpotStrategy",
                PlaceErrors.SPOT_STRATEGY,
                "NoSpot",
                "SpotWithPriceLimit",
                "SpotAsPriceGo");
        Asked.oneOf(
                parameters,
                "AcceptLanguage",
                PlaceErrors.LANGUAGE,
                "zh-CN",
                "zh-TW",
                "en-US",
                "ja");
        return new Prepared(Touched.anything(), () -> list(region));
    }

    private static ObjectNode list(Region region) {
        ObjectNode tree = Trees.tree();
        ObjectNode zone = Trees.list(tree, "Zones", "Zone").addObject();
        zone.put("ZoneId", region.id() + "-a");
        zone.put("ZoneType", "AvailabilityZone");
        zone.put("LocalName", region.localName() + " Zone A");
        Trees.list(zone, "AvailableResourceCreation", "ResourceTypes");
        Trees.list(zone, "AvailableResources", "ResourcesInfo");
        Trees.list(zone, "AvailableInstanceTypes", "InstanceTypes");
        Trees.list(zone, "AvailableDiskCategories", "DiskCategories");
        Trees.list(zone, "AvailableVolumeCategories", "VolumeCategories");
        Trees.list(zone, "AvailableDedicatedHostTypes", "DedicatedHostType");
        Trees.list(zone, "DedicatedHostGenerations", "DedicatedHostGeneration");
        return tree;
    }
}
