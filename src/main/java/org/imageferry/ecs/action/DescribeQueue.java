package org.imageferry.ecs.action;

import java.util.EnumMap;
import java.util.Map;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Shows what waits and runs in the regions: the caller's tasks, and where among all of them they are.
/// Of other accounts' tasks only that they are there can be told, from the positions.
final class DescribeQueue implements Action {
    private static final int MOST_TASKS = 1_000;

    private final Catalog catalog;
    private final RegionMap regions;

    DescribeQueue(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeQueue";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AccountId account = request.caller().account();
        Iterable<RegionId> asked = Asked.regions(request.parameters(), regions);
        return new Prepared(Touched.anything(), () -> read(account, asked));
    }

    private ObjectNode read(AccountId account, Iterable<RegionId> asked) {
        return catalog.read(tables -> {
            ObjectNode tree = Trees.tree();
            ArrayNode queues = Trees.list(tree, "Queues", "Queue");
            asked.forEach(id -> write(queues.addObject(), tables, regions.get(id), account));
            return tree;
        });
    }

    private static void write(ObjectNode queue, Tables tables, Region region, AccountId account) {
        queue.put("RegionId", region.id().value());
        queue.put("Status", region.health().trouble().orElse("available"));
        queue.put("RunningLimit", region.slots().getOrDefault(Work.Action.CopyImage, 1));
        ArrayNode tasks = Trees.list(queue, "Tasks", "Task");
        Map<Work.Action, Integer> waiting = new EnumMap<>(Work.Action.class);
        for (Task task : tables.tasks().queue(region.id(), MOST_TASKS)) {
            int position =
                    task.state() instanceof TaskState.Waiting
                            ? waiting.merge(task.work().action(), 1, Integer::sum)
                            : 0;
            if (task.account().equals(account)) {
                TaskTree.write(tasks.addObject(), tables, task).put("Position", position);
            }
        }
    }
}
