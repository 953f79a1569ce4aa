package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.Tasks;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Api;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the caller's tasks, in all regions unless one is named, with what DescribeTasks has no field
/// for: bytes, where they come from, and why one failed.
final class DescribeTaskDetails implements Action {
    private final Catalog catalog;
    private final RegionMap regions;

    DescribeTaskDetails(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public Api api() {
        return Api.FERRY;
    }

    @Override
    public String name() {
        return "DescribeTaskDetails";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        Parameters parameters = request.parameters();
        Optional<RegionId> region =
                parameters.find("RegionId").map(_ -> Asked.region(parameters, regions));
        Set<Work.Action> actions =
                named(parameters.find("TaskAction"), Work.Action.values(), Work.Action::name);
        Set<Tasks.Status> statuses =
                named(parameters.find("Status"), Tasks.Status.values(), TaskWords::status);
        Tasks.Query query =
                new Tasks.Query(
                        request.caller().account(),
                        region,
                        Set.of(),
                        actions,
                        statuses,
                        Set.of(),
                        Optional.empty(),
                        Optional.empty());
        boolean impossible = actions.isEmpty() || statuses.isEmpty();
        Paging paging = Paging.of(parameters);
        return new Prepared(
                region.map(Touched::tasks).orElseGet(Touched::anything),
                () -> list(impossible ? Optional.empty() : Optional.of(query), paging));
    }

    /// All of them if none is asked for; none if there is no such.
    private static <T> Set<T> named(Optional<String> asked, T[] all, Function<T, String> word) {
        return Stream.of(all)
                .filter(each -> asked.isEmpty() || asked.get().equals(word.apply(each)))
                .collect(Collectors.toSet());
    }

    private ObjectNode list(Optional<Tasks.Query> query, Paging paging) {
        return catalog.read(tables -> {
            Page<Task> page =
                    query.map(it -> tables.tasks().list(it, paging.offset(), paging.size()))
                            .orElse(new Page<>(List.of(), 0));
            ObjectNode tree = Trees.tree();
            ArrayNode tasks = Trees.list(tree, "Tasks", "Task");
            page.items().forEach(task -> write(tasks.addObject(), tables, task));
            paging.write(tree, page.total());
            return tree;
        });
    }

    private static void write(ObjectNode tree, Tables tables, Task task) {
        tree.put("RegionId", task.region().value());
        TaskTree.write(tree, tables, task);
        tree.put("EndTime", TaskTree.endTime(task));
        tree.put("Reason", TaskWords.reason(task));
    }
}
