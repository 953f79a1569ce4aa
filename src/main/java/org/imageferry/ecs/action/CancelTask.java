package org.imageferry.ecs.action;

import org.imageferry.copy.RegionMap;
import org.imageferry.copy.TaskCancellations;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;

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
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        RegionId region =
                Asked.region(parameters, regions); // its id says enough, but the page wants it
        TaskId task = Asked.task(parameters);
        return new Prepared(
                Touched.tasks(region),
                () -> {
                    cancellations.cancel(request.caller(), task);
                    return Trees.tree();
                });
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.taskError(refusal);
    }
}
