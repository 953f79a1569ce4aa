package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tasks;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the caller's tasks in a region, image copies among them, which ECS has no list of. Source:
/// ECS API 2014-05-26, DescribeTasks.
final class DescribeTasks implements Action {
    private static final int MOST_IDS = 100;

    private final Catalog catalog;
    private final RegionMap regions;

    DescribeTasks(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeTasks";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = Asked.region(request.parameters(), regions);
        Paging paging = Paging.of(request.parameters());
        Optional<Tasks.Query> query =
                query(request.parameters(), request.caller().account(), region);
        return new Prepared(Touched.tasks(region), () -> list(region, query, paging));
    }

    private ObjectNode list(RegionId region, Optional<Tasks.Query> query, Paging paging) {
        Page<Task> page =
                query.map(it ->
                                catalog.read(tables ->
                                        tables.tasks().list(it, paging.offset(), paging.size())))
                        .orElse(new Page<>(List.of(), 0));
        ObjectNode tree = Trees.tree();
        tree.put("RegionId", region.value());
        ArrayNode tasks = Trees.list(tree, "TaskSet", "Task");
        page.items().forEach(task -> write(tasks.addObject(), task));
        paging.write(tree, page.total());
        return tree;
    }

    private static void write(ObjectNode tree, Task task) {
        tree.put("TaskId", task.id().value());
        tree.put("TaskAction", task.work().action().name());
        tree.put("TaskStatus", TaskWords.status(task.state()));
        tree.put("ResourceId", task.resource());
        tree.put("CreationTime", Times.seconds(task.created()));
        tree.put("FinishedTime", TaskWords.finished(task));
        tree.put("SupportCancel", Boolean.toString(TaskWords.cancellable(task)));
    }

    /// @return nothing if no task can match
    private static Optional<Tasks.Query> query(
            Parameters parameters, AccountId account, RegionId region) {
        List<String> idTexts = parameters.commas("TaskIds");
        if (idTexts.size() > MOST_IDS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "TaskIds has at most " + MOST_IDS + "."));
        }
        Set<TaskId> ids = new HashSet<>();
        idTexts.forEach(text -> id(text).ifPresent(ids::add));
        Set<String> resources = new HashSet<>();
        parameters
                .list("ResourceIds")
                .values()
                .forEach(item -> resources.add(item.getOrDefault("", "")));
        Set<Work.Action> actions = actions(parameters);
        boolean nothing =
                (ids.isEmpty() && !idTexts.isEmpty())
                        || (actions.isEmpty() && parameters.find("TaskAction").isPresent())
                        || parameters.find("TaskGroupId").isPresent();
        return nothing
                ? Optional.empty()
                : Optional.of(
                        new Tasks.Query(
                                account,
                                Optional.of(region),
                                ids,
                                actions,
                                statuses(parameters),
                                resources,
                                time(parameters, "StartTime"),
                                time(parameters, "EndTime")));
    }

    private static Optional<TaskId> id(String text) {
        try {
            return Optional.of(new TaskId(text));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    /// ECS has actions whose tasks do not exist here: their names are names of nothing.
    private static Set<Work.Action> actions(Parameters parameters) {
        Set<Work.Action> actions = EnumSet.noneOf(Work.Action.class);
        for (Work.Action action : Work.Action.values()) {
            if (action.name().equals(parameters.text("TaskAction"))) {
                actions.add(action);
            }
        }
        return actions;
    }

    /// Unknown values are ignored, as the page says.
    private static Set<Tasks.Status> statuses(Parameters parameters) {
        Set<Tasks.Status> statuses = EnumSet.noneOf(Tasks.Status.class);
        for (Tasks.Status status : Tasks.Status.values()) {
            if (TaskWords.status(status).equals(parameters.text("TaskStatus"))) {
                statuses.add(status);
            }
        }
        return statuses;
    }

    private static Optional<Instant> time(Parameters parameters, String name) {
        return parameters
                .find(name)
                .map(text ->
                        Times.parse(text)
                                .orElseThrow(() ->
                                        new EcsException(
                                                GatewayErrors.PARAMETER_FORMAT.advising(
                                                        name
                                                                + " must be like"
                                                                + " 2026-01-31T23:59:59Z."))));
    }

    @Override
    public EcsError error(Refusal refusal) {
        return Asked.taskError(refusal);
    }
}
