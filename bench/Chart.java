import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Draws ratios as bars, in SVG, that can be read on light and on dark pages.
///
/// The axis is logarithmic, with 1 in the middle: what is twice as fast reaches as far to the left as what is half
/// as fast does to the right.
final class Chart {
    private static final int WIDTH = 760;
    private static final int LABELS = 190;
    private static final int RIGHT = 60;
    private static final int TOP = 62;
    private static final int ROW = 20;
    private static final int GAP = 40;
    private static final double LEAST = 0.01;
    private static final double MOST = 100;

    /// @param ours is drawn in another colour
    record Bar(String label, double ratio, boolean ours) {}

    private final StringBuilder svg = new StringBuilder();

    private Chart() {}

    /// @param groups their bars, by title, from top to bottom
    static String draw(String title, Map<String, List<Bar>> groups) {
        return new Chart().drawn(title, groups);
    }

    /// Two digits that count, and no more.
    static String number(double ratio) {
        return String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : ratio < 10 ? "%.2f" : "%.0f", ratio);
    }

    private String drawn(String title, Map<String, List<Bar>> groups) {
        int rows = groups.values().stream().mapToInt(List::size).sum();
        int height = TOP + rows * ROW + groups.size() * GAP;
        add(
                """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="%3$s">
                <style>
                text { font: 12px system-ui, sans-serif; fill: #24292f }
                .title { font-size: 15px; font-weight: 600 } .group { font-weight: 600 } .axis { fill: #59636e }
                .page { fill: #ffffff } .grid { stroke: #d1d9e0 } .one { stroke: #59636e }
                .bar { fill: #8c959f } .ours { fill: #0969da }
                @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3 } .axis { fill: #9198a1 } .page { fill: #0d1117 } .grid { stroke: #30363d }
                .one { stroke: #9198a1 } .bar { fill: #6e7681 } .ours { fill: #4493f8 }
                }
                </style>
                <rect class="page" width="%1$d" height="%2$d"/>
                <text class="title" x="12" y="24">%3$s</text>
                """,
                WIDTH, height, escaped(title));
        axis(height);
        int y = TOP;
        for (Map.Entry<String, List<Bar>> group : groups.entrySet()) {
            add("<text class=\"group\" x=\"12\" y=\"%d\">%s</text>%n", y + 22, escaped(group.getKey()));
            y += GAP - 10;
            for (Bar bar : group.getValue()) {
                bar(bar, y);
                y += ROW;
            }
            y += 10;
        }
        return svg.append("</svg>\n").toString();
    }

    private void axis(int height) {
        for (double at = LEAST; at <= MOST * 1.001; at *= 10) {
            boolean one = Math.abs(at - 1) < 0.001;
            add(
                    "<line class=\"%s\" x1=\"%.1f\" x2=\"%2$.1f\" y1=\"%d\" y2=\"%d\"/>%n",
                    one ? "one" : "grid", x(at), TOP - 6, height - 10);
            add(
                    "<text class=\"axis\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                    x(at), TOP - 12, one ? "1 = cp" : String.format(Locale.ROOT, at < 0.1 ? "%.2f" : at < 1 ? "%.1f" : "%.0f", at));
        }
    }

    private void bar(Bar bar, int y) {
        double end = x(bar.ratio());
        double from = Math.min(x(1), end);
        add("<text x=\"24\" y=\"%d\">%s</text>%n", y + 13, escaped(bar.label()));
        add(
                "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" rx=\"2\"/>%n",
                bar.ours() ? "ours" : "bar", from, y + 2, Math.max(1, Math.abs(end - x(1))), ROW - 6);
        boolean left = bar.ratio() < 1;
        add(
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%d\">%s</text>%n",
                left ? "end" : "start", left ? end - 5 : end + 5, y + 13, number(bar.ratio()));
    }

    private static double x(double ratio) {
        double bounded = Math.min(MOST, Math.max(LEAST, ratio));
        double share = Math.log(bounded / LEAST) / Math.log(MOST / LEAST);
        return LABELS + 40 + share * (WIDTH - LABELS - 40 - RIGHT);
    }

    private void add(String format, Object... arguments) {
        svg.append(String.format(Locale.ROOT, format, arguments));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
