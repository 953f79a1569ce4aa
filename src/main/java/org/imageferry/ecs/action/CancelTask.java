package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.domain.Refusal;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// Ends an import, an export or a verification early. Source: ECS API 2014-05-26, CancelTask.
final class CancelTask implements Action {
    private final TaskCancellations cancellations;
    private final RegionMap regions;

    CancelTask(Engine engine) {
        this.cancellations = engine.cancellations();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "CancelTask";
    }

    @Override
    public boolean spendsNonce() {
        return true;
    }

    @Override
    public ObjectNode answer(ActionRequest request) {
        Parameters parameters = request.parameters();
        Asked.region(parameters, regions); // a task's id says enough, but the page wants it
        cancellations.cancel(request.caller(), Asked.task(parameters));
        return Trees.tree();
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.taskError(refusal);
    }
}
