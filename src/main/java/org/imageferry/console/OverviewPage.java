package org.imageferry.console;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// The first page: the regions, and what moves between them.
record OverviewPage() implements Page {
    private static final int MOST_ROWS = 50;

    @Override
    public String title() {
        return "Regions";
    }

    @Override
    public String path() {
        return "";
    }

    @Override
    public String menu() {
        return Links.HOME;
    }

    @Override
    public List<Part> parts(Visit visit) {
        return List.of(
                Part.still("title", () -> new Html("<h1>Regions</h1>")),
                Part.live("now", () -> now(visit)),
                Part.live("regions", () -> regions(visit)),
                Part.live("trouble", () -> trouble(visit)));
    }

    private Html now(Visit visit) {
        Queues queues = visit.queues();
        return Html.of(
                """
                <div class="now"><figure>{}</figure><section aria-labelledby="moving">\
                <h2 id="moving">Under way</h2>{}</section></div>
                """,
                RegionDrawing.of(queues),
                underWay(queues, visit));
    }

    private Html underWay(Queues queues, Visit visit) {
        List<TaskView> tasks = queues.tasks().toList();
        if (tasks.isEmpty()) {
            return new Html(
                    hasImages(visit)
                            ? """
                            <p class="empty">Nothing is being copied. Open an image in one of the regions \
                            below to copy it to others.</p>\
                            """
                            : """
                            <p class="empty">There is no image yet. Open one of the regions below, and bring \
                            in a disk.</p>\
                            """);
        }
        double rate = queues.running().mapToDouble(visit::rate).sum();
        long running = queues.running().count();
        return Html.join(
                Html.of(
                        "<p class=\"sum\"><span>{} running</span> <span>{} waiting</span> <span>{}</span></p>",
                        running,
                        tasks.size() - running,
                        Amounts.rate(rate)),
                TaskRows.of(
                        queues.tasks()
                                .sorted(Comparator.comparing((TaskView task) -> !task.running()))
                                .limit(MOST_ROWS)
                                .toList(),
                        visit,
                        path()));
    }

    private static JsonNode summary(Visit visit) {
        return visit.seldom("DescribeRegionSummary").path("Regions").path("Region");
    }

    private static boolean hasImages(Visit visit) {
        return summary(visit)
                .valueStream()
                .anyMatch(
                        it -> it.path("Images").asLong(0) + it.path("FailedImages").asLong(0) > 0);
    }

    private Html regions(Visit visit) {
        Map<String, JsonNode> summaries = new HashMap<>();
        summary(visit).forEach(it -> summaries.put(it.path("RegionId").asString(""), it));
        return Html.of(
                "<ul class=\"regions\">{}</ul>\n",
                Html.each(
                        visit.queues().regions(),
                        queue ->
                                region(
                                        queue,
                                        summaries.getOrDefault(
                                                queue.region(),
                                                JsonNodeFactory.instance.objectNode()))));
    }

    private static Html region(Queues.Queue queue, JsonNode summary) {
        long failed = summary.path("FailedImages").asLong(0);
        return Html.of(
                """
                <li{}><h2><a href="{}">{}</a></h2>{}<dl><div><dt>images</dt><dd>{}</dd></div>\
                <div><dt>running</dt><dd>{} <small>of {}</small></dd></div><div><dt>waiting</dt><dd>{}</dd></div>\
                <div><dt>stored</dt><dd>{}</dd></div></dl>{}</li>
                """,
                Html.when(!queue.trouble().isEmpty(), new Html(" class=\"broken\"")),
                Links.region(queue.region()),
                queue.region(),
                Html.when(
                        !queue.trouble().isEmpty(),
                        Html.of("<p class=\"bad-text\">{}</p>", queue.trouble())),
                summary.path("Images").asLong(0),
                queue.running().count(),
                queue.limit(),
                queue.waiting().count(),
                Amounts.bytes(summary.path("StoredBytes").asLong(0)),
                Html.when(
                        failed > 0,
                        Html.of(
                                "<p class=\"bad-text\">{} failed</p>",
                                Amounts.count(failed, "image"))));
    }

    /// What failed last, and why.
    private Html trouble(Visit visit) {
        List<TaskView> failed =
                TaskLists.tasks(
                        visit.seldom("DescribeTaskDetails", "Status", "Failed", "PageSize", "5"));
        return Html.when(
                !failed.isEmpty(),
                Html.of(
                        "<section aria-labelledby=\"failed\"><h2 id=\"failed\">Failed lately</h2>{}</section>",
                        TaskLists.table(failed, visit, path())));
    }
}
