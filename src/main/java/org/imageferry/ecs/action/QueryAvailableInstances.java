package org.imageferry.ecs.action;

import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ObjectNode;

/// Lists what the account has rented, which is nothing. Terraform asks once at its start, to learn of
/// what kind the account is, and takes any answer. Source: BssOpenApi 2017-12-14,
/// QueryAvailableInstances.
final class QueryAvailableInstances implements Action {
    private static final int MOST_PAGES = 10_000_000;

    @Override
    public Api api() {
        return Api.BILLING;
    }

    @Override
    public String name() {
        return "QueryAvailableInstances";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        long number = parameters.number("PageNum", 1, MOST_PAGES, 1);
        long size = parameters.number("PageSize", 1, 300, 20);
        return new Prepared(Touched.anything(), () -> none(number, size));
    }

    private static ObjectNode none(long number, long size) {
        ObjectNode tree = Trees.tree();
        tree.put("Code", "Success"); // one of the few that pop-core takes for a success
        tree.put("Message", "Successful!");
        tree.put("Success", true);
        ObjectNode data = tree.putObject("Data");
        data.put("TotalCount", 0);
        data.put("PageNum", number);
        data.put("PageSize", size);
        data.putArray("InstanceList");
        return tree;
    }
}
