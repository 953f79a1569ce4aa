package org.imageferry.ecs.action;

import org.imageferry.copy.Collected;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import org.imageferry.store.StoreException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Deletes what the stores hold and nothing needs. It changes no record that anybody sees, so it is no
/// transaction, and its nonce is kept in memory.
final class CollectGarbage implements Action {
    private final Engine.GarbageCollection garbage;
    private final RegionMap regions;

    CollectGarbage(Engine engine) {
        this.garbage = engine.garbage();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "CollectGarbage";
    }

    @Override
    public Audience audience() {
        return Audience.ADMINISTRATORS;
    }

    @Override
    public boolean changes() {
        return true;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        return new Prepared(Touched.anything(), () -> collect(request.parameters()));
    }

    private ObjectNode collect(Parameters parameters) throws StoreException {
        boolean now = parameters.is("Now");
        ObjectNode tree = Trees.tree();
        ArrayNode list = Trees.list(tree, "Regions", "Region");
        boolean asked = parameters.find("RegionId").isPresent();
        for (RegionId region : Asked.regions(parameters, regions)) {
            if (!asked && regions.get(region).health().gone().isPresent()) {
                continue; // one region that is gone keeps no other from being tidied
            }
            Collected collected = garbage.collect(region, now);
            ObjectNode item = list.addObject();
            item.put("RegionId", region.value());
            item.put("Condemned", collected.condemned());
            item.put("Deleted", collected.deleted());
            item.put("DeletedBytes", collected.deletedBytes());
            item.put("Waiting", collected.waiting());
            item.put("Compacted", collected.compacted());
            item.put("ReclaimedBytes", collected.reclaimedBytes());
        }
        return tree;
    }
}
