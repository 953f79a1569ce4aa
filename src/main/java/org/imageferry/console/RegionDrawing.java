package org.imageferry.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws the regions, on a line or a ring, with the running copies as arcs between them: how far each
/// is, is how much of its arc is drawn. Waiting ones are dashed.
///
/// It is as wide as a phone and grows to half again as much, so one size of letters does.
final class RegionDrawing {
    private static final int WIDTH = 400;
    private static final int MOST_REGIONS = 24;
    private static final int MOST_ARCS = 40;
    private static final double NODE = 7;

    /// Where the ring has its middle, from above.
    private static final double MIDDLE = 142;

    /// Where an arc begins and ends, from the middle of its region.
    private static final double GAP = 13;

    private final Queues queues;
    private final List<String> names;
    private final Map<String, Point> places = new HashMap<>();
    private final Map<String, Integer> parallel = new HashMap<>();
    private final int height;

    private record Point(double x, double y) {
        Point toward(Point other, double distance) {
            double length = Math.max(1, Math.hypot(other.x - x, other.y - y));
            return new Point(
                    x + (other.x - x) * distance / length, y + (other.y - y) * distance / length);
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.1f %.1f", x, y);
        }
    }

    /// A curve, and the point that bends it.
    private record Curve(Point start, Point bend, Point end) {
        String path() {
            return "M" + start + " Q" + bend + " " + end;
        }

        Point middle() {
            return new Point(
                    start.x / 4 + bend.x / 2 + end.x / 4, start.y / 4 + bend.y / 2 + end.y / 4);
        }
    }

    private RegionDrawing(Queues queues) {
        this.queues = queues;
        this.names = queues.names().stream().limit(MOST_REGIONS).toList();
        this.height = names.size() < 3 ? 150 : names.size() == 3 ? 245 : 285;
        for (int i = 0; i < names.size(); i++) {
            places.put(names.get(i), place(i, names.size()));
        }
    }

    static Html of(Queues queues) {
        return new RegionDrawing(queues).draw();
    }

    private Point place(int number, int all) {
        double middle = WIDTH / 2.0;
        if (all == 1) {
            return new Point(middle, 80);
        }
        if (all == 2) {
            return new Point(number == 0 ? 70 : WIDTH - 70, 90);
        }
        double angle = Math.PI * 2 * number / all - (all == 4 ? Math.PI * 3 / 4 : Math.PI / 2);
        double tall = all == 4 ? 120 : 95;
        return new Point(middle + 145 * Math.cos(angle), MIDDLE + tall * Math.sin(angle));
    }

    private Html draw() {
        List<Html> arcs = new ArrayList<>();
        queues.tasks()
                .filter(task -> places.containsKey(task.region()))
                .filter(task -> !task.running())
                .filter(TaskView::copies)
                .limit(MOST_ARCS)
                .forEach(task -> arcs.add(waiting(task)));
        queues.running()
                .filter(task -> places.containsKey(task.region()))
                .filter(task -> task.copies() || task.action().equals("ImportImage"))
                .limit(MOST_ARCS)
                .forEach(task -> arcs.add(running(task)));
        return Html.of(
                """
                <svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>
                """,
                WIDTH,
                height,
                summary(),
                Html.each(arcs, arc -> arc),
                Html.each(queues.regions().stream().limit(MOST_REGIONS).toList(), this::node));
    }

    /// The drawing in words.
    private String summary() {
        long running = queues.running().filter(TaskView::copies).count();
        return "Map of "
                + Amounts.count(names.size(), "region")
                + " with "
                + Amounts.count(running, "running copy").replace("copys", "copies");
    }

    private Html node(Queues.Queue queue) {
        Point at = places.getOrDefault(queue.region(), new Point(0, 0));
        boolean above = names.size() > 2 && at.y() < MIDDLE - 40;
        double label = above ? at.y() - 26 : at.y() + 24;
        long waiting = queue.waiting().count();
        String remark =
                queue.trouble().isEmpty()
                        ? (waiting == 0 ? "" : waiting + " waiting")
                        : "out of order";
        return Html.of(
                """
                <a href="{}" class="{}"><circle class="halo" cx="{}" cy="{}" r="18"/>\
                <circle class="node" cx="{}" cy="{}" r="{}"/>\
                <text x="{}" y="{}" class="name">{}</text><text x="{}" y="{}" class="remark">{}</text></a>
                """,
                Links.region(queue.region()),
                queue.trouble().isEmpty() ? "region" : "region broken",
                number(at.x()),
                number(at.y()),
                number(at.x()),
                number(at.y()),
                number(NODE),
                number(at.x()),
                number(label),
                queue.region(),
                number(at.x()),
                number(label + 12),
                remark);
    }

    private Html waiting(TaskView task) {
        return Html.of("<path class=\"arc wait\" d=\"{}\"/>", curve(task).path());
    }

    private Html running(TaskView task) {
        Curve curve = curve(task);
        Point middle = curve.middle();
        int percent = task.bytes().percent();
        return Html.of(
                """
                <g class="running"><path class="arc rest" d="{}"/>\
                <path class="arc done" d="{}" pathLength="100" stroke-dasharray="{} 100"/>\
                <path class="arc flow" d="{}"/>{}\
                <text class="percent" x="{}" y="{}">{} %</text></g>
                """,
                curve.path(),
                curve.path(),
                percent,
                curve.path(),
                head(curve),
                number(middle.x()),
                number(middle.y() + 4),
                percent);
    }

    /// The tip of an arrow.
    private static Html head(Curve curve) {
        Point tip = curve.end();
        Point back = tip.toward(curve.bend(), 8);
        double x = (tip.y() - back.y()) / 2;
        double y = (back.x() - tip.x()) / 2;
        return Html.of(
                "<path class=\"head\" d=\"M{} L{} L{} Z\"/>",
                tip,
                new Point(back.x() + x, back.y() + y),
                new Point(back.x() - x, back.y() - y));
    }

    /// Bent to the left of its way, so that there and back are two; the next of the same way bends more.
    private Curve curve(TaskView task) {
        Point end = places.getOrDefault(task.region(), new Point(0, 0));
        int nth = parallel.merge(task.sourceRegion() + ">" + task.region(), 1, Integer::sum) - 1;
        Point start = places.get(task.sourceRegion());
        if (start == null) { // it comes from outside
            Point above = new Point(end.x() - 30, Math.max(4, end.y() - 62));
            Point bend = new Point(end.x(), end.y() - 45);
            return new Curve(above, bend, end.toward(bend, GAP));
        }
        if (start.equals(end)) { // within one region
            Point bend = new Point(end.x() + 46, end.y() - 34 - nth * 12);
            Point out = new Point(end.x() + 2, end.y() - GAP);
            return new Curve(out, bend, new Point(end.x() + GAP, end.y() - 1));
        }
        double more = 0.16 + 0.09 * nth;
        Point bend =
                new Point(
                        (start.x() + end.x()) / 2 + (end.y() - start.y()) * more,
                        (start.y() + end.y()) / 2 - (end.x() - start.x()) * more);
        return new Curve(start.toward(bend, GAP), bend, end.toward(bend, GAP));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
