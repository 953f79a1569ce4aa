package org.imageferry.console;

import java.util.List;

/// Shows open tasks: how far each is, how fast, and what is new of it.
final class TaskRows {
    private TaskRows() {}

    /// @param path of the page that they are on
    static Html of(List<TaskView> tasks, Visit visit, String path) {
        return Html.of(
                "<ul class=\"tasks\">{}</ul>\n", Html.each(tasks, task -> row(task, visit, path)));
    }

    private static Html row(TaskView task, Visit visit, String path) {
        return Html.of(
                """
                <li id="t-{}"><p class="task-head"><strong>{}</strong> <span class="route">{}</span>\
                <span class="percent">{}</span></p>{}<p class="facts">{}</p>{}</li>
                """,
                task.id(),
                subject(task),
                route(task),
                task.running() ? task.bytes().percent() + " %" : "waiting",
                meter(task.bytes()),
                facts(task, visit),
                cancel(task, visit, path));
    }

    static Html subject(TaskView task) {
        boolean gone = task.status() == TaskView.Status.Deleted;
        return task.image().isEmpty() || gone
                ? Html.of("{}", task.subject())
                : Html.of(
                        "<a href=\"{}\">{}</a>",
                        Links.image(task.region(), task.image()),
                        task.subject());
    }

    /// What it does, and between which regions.
    static Html route(TaskView task) {
        return task.copies()
                ? Html.of(
                        "{} <span aria-label=\"to\" role=\"img\">→</span> {}",
                        task.sourceRegion(),
                        task.region())
                : Html.of("{} in {}", task.verb(), task.region());
    }

    /// How much is done; of that, what was new, what is on its way, and what was there already.
    static Html meter(TaskView.Bytes bytes) {
        int percent = bytes.percent();
        int moved = Math.min(percent, Amounts.percent(bytes.moved(), bytes.total()));
        int sent =
                Math.min(
                        percent,
                        Amounts.percent(bytes.moved() + bytes.unfinished(), bytes.total()));
        return Html.of(
                """
                <svg class="meter" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" \
                aria-label="{} percent"><rect class="whole" width="100" height="4"/>\
                <rect class="shared" width="{}" height="4"/><rect class="flying" width="{}" height="4"/>\
                <rect class="moved" width="{}" height="4"/>\
                </svg>\
                """,
                percent,
                percent,
                sent,
                moved);
    }

    private static Html facts(TaskView task, Visit visit) {
        if (!task.running()) {
            return Html.of(
                    "<span>place {} in the queue</span> <span>since {}</span>",
                    task.position(),
                    Amounts.at(task.created()));
        }
        TaskView.Bytes bytes = task.bytes();
        boolean known = !task.remaining().isZero();
        return Html.join(
                Html.of(
                        "<span>{} of {}</span> <span>{}</span> ",
                        Amounts.bytes(bytes.done()),
                        Amounts.bytes(bytes.total()),
                        Amounts.rate(visit.rate(task))),
                Html.when(known, Html.of("<span>{} left</span> ", Amounts.time(task.remaining()))),
                Html.when(
                        task.copies(),
                        Html.of(
                                """
                                <span class="new">{} new</span> <span class="fly">{} in flight</span> \
                                <span class="old">{} shared</span>\
                                """,
                                Amounts.bytes(bytes.moved()),
                                Amounts.bytes(bytes.unfinished()),
                                Amounts.bytes(bytes.shared()))));
    }

    static Html cancel(TaskView task, Visit visit, String path) {
        return Html.of(
                """
                <form method="post" action="{}">{}<input type="hidden" name="region" value="{}">\
                <input type="hidden" name="image" value="{}"><input type="hidden" name="task" value="{}">\
                <button class="quiet" aria-label="{}">Cancel</button></form>
                """,
                Links.deed(task.copiesImage() ? "cancel-copy" : "cancel-task"),
                visit.formFields("cancel-" + task.id(), path),
                task.region(),
                task.image(),
                task.id(),
                "Cancel: " + task.verb() + " of " + task.subject() + " in " + task.region());
    }
}
