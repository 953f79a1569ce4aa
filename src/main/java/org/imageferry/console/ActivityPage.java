package org.imageferry.console;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// All tasks of all regions, newest first, and charts of what was copied.
///
/// @param status as the wire has it, to see only such; empty for all
/// @param region the same
/// @param number of the page, from 1
record ActivityPage(String status, String region, int number) implements Page {
    private static final int SIZE = 50;
    private static final int MOST_CHARTED_PAGES = 10;
    private static final int CHART_PAGE = 100;

    @Override
    public String title() {
        return "Activity";
    }

    @Override
    public String path() {
        return "activity?" + query(number).text().replace("&amp;", "&");
    }

    @Override
    public String menu() {
        return Links.ACTIVITY;
    }

    @Override
    public List<Part> parts(Visit visit) {
        return List.of(
                Part.still("title", () -> new Html("<h1>Activity</h1>")),
                Part.still("charts", () -> Charts.of(copied(visit), visit.now())),
                Part.still("filter", () -> filter(visit)),
                Part.live("tasks", () -> tasks(visit)));
    }

    /// The newest thousand copies that were finished.
    private static List<TaskView> copied(Visit visit) {
        List<TaskView> tasks = new ArrayList<>();
        for (int page = 1; page <= MOST_CHARTED_PAGES; page++) {
            List<TaskView> more =
                    TaskLists.tasks(
                            visit.asker()
                                    .own(
                                            "DescribeTaskDetails",
                                            "Status",
                                            "Finished",
                                            "PageNumber",
                                            Integer.toString(page),
                                            "PageSize",
                                            Integer.toString(CHART_PAGE)));
            more.stream().filter(TaskView::copies).forEach(tasks::add);
            if (more.size() < CHART_PAGE) {
                break;
            }
        }
        return tasks;
    }

    private Html filter(Visit visit) {
        return Html.of(
                """
                <h2>Tasks</h2><form class="fields row" method="get"><label>State <select name="status">\
                <option value="">all</option>{}</select></label><label>Region <select name="region">\
                <option value="">all</option>{}</select></label><button>Show</button></form>
                """,
                Html.each(
                        List.of(TaskView.Status.values()),
                        it -> option(it.name(), it.word(), it.name().equals(status))),
                Html.each(visit.queues().names(), it -> option(it, it, it.equals(region))));
    }

    private static Html option(String value, String word, boolean chosen) {
        return Html.of(
                "<option value=\"{}\"{}>{}</option>",
                value,
                Html.when(chosen, new Html(" selected")),
                word);
    }

    private Html tasks(Visit visit) {
        JsonNode answer =
                visit.asker()
                        .own(
                                "DescribeTaskDetails",
                                "Status",
                                status,
                                "RegionId",
                                region,
                                "PageNumber",
                                Integer.toString(number),
                                "PageSize",
                                Integer.toString(SIZE));
        List<TaskView> tasks = TaskLists.tasks(answer);
        long total = answer.path("TotalCount").asLong(0);
        long last = Math.max(1, (total + SIZE - 1) / SIZE);
        return Html.join(
                tasks.isEmpty()
                        ? new Html("<p class=\"empty\">No such tasks.</p>")
                        : TaskLists.table(tasks, visit, path()),
                Html.when(
                        last > 1,
                        Html.of(
                                "<nav class=\"pages\" aria-label=\"Pages of tasks\">{}<span>{} of {}</span>{}</nav>",
                                Html.when(number > 1, page(number - 1, "Newer")),
                                number,
                                last,
                                Html.when(number < last, page(number + 1, "Older")))));
    }

    private Html page(int other, String word) {
        return Html.of("<a href=\"{}?{}\">{}</a>", Links.ACTIVITY, query(other), word);
    }

    private Html query(int page) {
        return Html.of(
                "status={}&amp;region={}&amp;page={}",
                Links.segment(status),
                Links.segment(region),
                page);
    }
}
