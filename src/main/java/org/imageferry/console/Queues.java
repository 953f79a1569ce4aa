package org.imageferry.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The queues of all regions, as DescribeQueue tells of them at one time.
record Queues(List<Queue> regions) {
    /// @param trouble what is wrong with the region; empty if it can be used
    record Queue(String region, String trouble, int limit, List<TaskView> tasks) {
        Stream<TaskView> running() {
            return tasks.stream().filter(TaskView::running);
        }

        Stream<TaskView> waiting() {
            return tasks.stream().filter(task -> !task.running());
        }
    }

    static Queues of(JsonNode tree) {
        List<Queue> regions = new ArrayList<>();
        for (JsonNode queue : tree.path("Queues").path("Queue")) {
            String region = queue.path("RegionId").asString("");
            String status = queue.path("Status").asString("");
            List<TaskView> tasks = new ArrayList<>();
            queue.path("Tasks").path("Task").forEach(task -> tasks.add(TaskView.of(task, region)));
            regions.add(
                    new Queue(
                            region,
                            status.equals("available") ? "" : status,
                            queue.path("RunningLimit").asInt(1),
                            List.copyOf(tasks)));
        }
        return new Queues(List.copyOf(regions));
    }

    List<String> names() {
        return regions.stream().map(Queue::region).toList();
    }

    Stream<TaskView> tasks() {
        return regions.stream().flatMap(queue -> queue.tasks().stream());
    }

    Stream<TaskView> running() {
        return tasks().filter(TaskView::running);
    }
}
