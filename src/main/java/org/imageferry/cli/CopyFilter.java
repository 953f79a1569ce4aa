package org.imageferry.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ObjectNode;

/// Which tasks and events somebody wants to see.
///
/// @param regions of their queues; none means all
/// @param all tasks of every kind, not copies alone
record CopyFilter(List<String> regions, boolean all) {
    CopyFilter {
        regions = List.copyOf(new LinkedHashSet<>(regions));
    }

    /// The open tasks that are to be seen.
    List<OpenTask> tasks(Api api) throws EcsFailure {
        List<ObjectNode> tasks = new ArrayList<>();
        if (regions.isEmpty()) {
            tasks.addAll(api.tasks(Call.own("DescribeQueue")));
        }
        for (String region : regions) {
            tasks.addAll(api.tasks(region));
        }
        return tasks.stream().filter(this::shows).map(OpenTask::new).toList();
    }

    /// @param about a task of DescribeQueue with its region, or an event
    boolean shows(ObjectNode about) {
        boolean here = regions.isEmpty() || regions.contains(Api.text(about, "RegionId"));
        return here && (all || Api.text(about, "TaskAction").startsWith("Copy"));
    }
}
