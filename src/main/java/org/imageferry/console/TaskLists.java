package org.imageferry.console;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Shows tasks, open and ended, as a table.
final class TaskLists {
    private TaskLists() {}

    /// Those of an answer of DescribeTaskDetails.
    static List<TaskView> tasks(JsonNode answer) {
        List<TaskView> tasks = new ArrayList<>();
        answer.path("Tasks").path("Task").forEach(task -> tasks.add(TaskView.of(task, "")));
        return tasks;
    }

    /// @param path of the page that it is on
    static Html table(List<TaskView> tasks, Visit visit, String path) {
        return Html.of(
                """
                <div class="scroll" tabindex="0" role="group" aria-label="Tasks"><table><thead><tr><th scope="col">What</th><th scope="col">Where</th>\
                <th scope="col">State</th><th scope="col" class="number">New</th>\
                <th scope="col" class="number">Shared</th><th scope="col">When</th></tr></thead>\
                <tbody>{}</tbody></table></div>
                """,
                Html.each(tasks, task -> row(task, visit, path)));
    }

    private static Html row(TaskView task, Visit visit, String path) {
        return Html.of(
                """
                <tr id="r-{}"><td><small>{}</small> {}</td><td>{}</td><td><div class="cell">{}{}</div></td>\
                <td class="number">{}</td><td class="number">{}</td><td class="when">{}</td></tr>
                """,
                task.id(),
                task.verb(),
                TaskRows.subject(task),
                task.copies() ? TaskRows.route(task) : Html.of("{}", task.region()),
                state(task),
                task.open() ? TaskRows.cancel(task, visit, path) : Html.NONE,
                task.copies() ? Amounts.bytes(task.bytes().moved()) : "",
                task.finishedCopy() ? Amounts.bytes(task.bytes().shared()) : "",
                Amounts.at(task.ended().orElse(task.created())));
    }

    private static Html state(TaskView task) {
        String word =
                task.running()
                        ? task.status().word() + ", " + task.bytes().percent() + " %"
                        : task.status().word();
        return Html.join(
                Html.of("<span class=\"state {}\">{}</span>", task.status().word(), word),
                Html.when(
                        !task.reason().isEmpty(),
                        Html.of("<p class=\"reason\">{}</p>", task.reason())));
    }
}
