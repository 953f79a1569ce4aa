package org.imageferry.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.imageferry.ecs.EcsException;

/// Puts what happened since the last look into a sentence, for who listens to a page: what started, and
/// how what is gone ended; not every percent. For one viewer, that is, one thread.
final class News {
    private static final String LOOKED_AT = "50";
    private static final int MOST_SAID = 3;
    private Optional<Map<String, TaskView>> before = Optional.empty();

    Optional<String> of(Visit visit) {
        try {
            return since(visit);
        } catch (EcsException _) {
            return Optional.empty(); // the page says why
        }
    }

    private Optional<String> since(Visit visit) {
        Map<String, TaskView> now =
                visit.queues()
                        .tasks()
                        .collect(
                                Collectors.toMap(
                                        TaskView::id, Function.identity(), (one, _) -> one));
        Optional<Map<String, TaskView>> last = before;
        before = Optional.of(now);
        return last.map(then -> sentence(then, now, visit)).filter(text -> !text.isEmpty());
    }

    private static String sentence(
            Map<String, TaskView> then, Map<String, TaskView> now, Visit visit) {
        List<String> said = new ArrayList<>();
        now.values().stream()
                .filter(task -> task.running())
                .filter(task -> !then.containsKey(task.id()) || !then.get(task.id()).running())
                .forEach(task -> said.add(about(task) + " started"));
        List<TaskView> gone =
                then.values().stream().filter(task -> !now.containsKey(task.id())).toList();
        if (!gone.isEmpty()) {
            Map<String, TaskView> ended = ended(visit);
            gone.forEach(task ->
                    said.add(
                            about(task)
                                    + " "
                                    + Optional.ofNullable(ended.get(task.id()))
                                            .map(it -> it.status().word())
                                            .orElse("ended")));
        }
        int more = said.size() - MOST_SAID;
        return said.stream().limit(MOST_SAID).collect(Collectors.joining(". "))
                + (more > 0 ? ". And " + more + " more" : "");
    }

    private static Map<String, TaskView> ended(Visit visit) {
        Map<String, TaskView> ended = new HashMap<>();
        TaskLists.tasks(visit.asker().own("DescribeTaskDetails", "PageSize", LOOKED_AT))
                .forEach(task -> ended.put(task.id(), task));
        return ended;
    }

    private static String about(TaskView task) {
        String where = (task.copies() ? " to " : " in ") + task.region();
        return task.verb() + " of " + task.subject() + where;
    }
}
