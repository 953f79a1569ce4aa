package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.AccessErrors;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Names the endpoint of a service in a region: whatever it is, the one that was called. Source:
/// Location API 2015-06-12, DescribeEndpoints, as the classic Java client reads it; the spelling of
/// `SerivceCode` is theirs.
final class DescribeEndpoints implements Action {
    private final RegionMap regions;

    DescribeEndpoints(Engine engine) {
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.LOCATION;
    }

    @Override
    public String name() {
        return "DescribeEndpoints";
    }

    @Override
    public Audience audience() {
        return Audience.EVERYBODY;
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        String region = parameters.require("Id");
        if (regions.find(Asked.parse(region, RegionId::new, AccessErrors.UNKNOWN_LOCATION))
                .isEmpty()) {
            throw new EcsException(AccessErrors.UNKNOWN_LOCATION);
        }
        String service = parameters.require("ServiceCode");
        String type = parameters.find("Type").orElse("openAPI");
        return new Prepared(Touched.anything(), () -> tell(request.host(), region, service, type));
    }

    private static ObjectNode tell(String host, String region, String service, String type) {
        ObjectNode tree = Trees.tree();
        ObjectNode endpoint = Trees.list(tree, "Endpoints", "Endpoint").addObject();
        endpoint.put("Endpoint", host);
        endpoint.put("Id", region);
        endpoint.put("Namespace", "");
        endpoint.put("SerivceCode", service);
        endpoint.put("Type", type);
        Trees.list(endpoint, "Protocols", "Protocols").add("HTTP");
        tree.put("Success", true);
        return tree;
    }
}
