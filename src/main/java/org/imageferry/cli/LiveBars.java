package org.imageferry.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Shows on standard error how tasks come along that come and go, one bar each, redrawn in place. Where
/// nobody looks it shows nothing. One thread only.
final class LiveBars {
    private static final int MOST = 20;
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_TO_END_OF_SCREEN = "\u001b[J";

    private final Surroundings surroundings;
    private final BarPainter painter;
    private final Map<String, Speed> speeds = new HashMap<>();
    private int drawn;

    LiveBars(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.painter = new BarPainter(surroundings.terminal().unicode());
    }

    /// Draws these in place of those before: the first twenty, and how many more there are.
    void show(List<OpenTask> tasks) {
        speeds.keySet().retainAll(tasks.stream().map(task -> task.text("TaskId")).toList());
        List<OpenTask> shown = tasks.subList(0, Math.min(MOST, tasks.size()));
        List<String> labels = shown.stream().map(LiveBars::label).toList();
        int labelWidth = labels.stream().mapToInt(String::length).max().orElse(0);
        int width = surroundings.terminal().columns().getAsInt() - 1;
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < shown.size(); i++) {
            BarState state = shown.get(i).state(speed(shown.get(i)));
            lines.add(painter.paint(labels.get(i), labelWidth, state, width));
        }
        if (tasks.size() > MOST) {
            lines.add("and " + (tasks.size() - MOST) + " more");
        }
        draw(lines);
    }

    private Speed speed(OpenTask task) {
        return speeds.computeIfAbsent(task.text("TaskId"), _ -> new Speed(surroundings.clock()));
    }

    private static String label(OpenTask task) {
        String name = task.text("ImageName").isEmpty() ? task.resource() : task.text("ImageName");
        return Table.harmless(task.text("RegionId") + "  " + name);
    }

    /// Leaves nothing of them, so that a line can be printed where they were.
    void clear() {
        draw(List.of());
    }

    private void draw(List<String> lines) {
        if (!surroundings.terminal().present() || (drawn == 0 && lines.isEmpty())) {
            return;
        }
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append("\u001b[%dA\r".formatted(drawn));
        }
        for (String line : lines) {
            picture.append(line).append(CLEAR_TO_END_OF_LINE).append('\n');
        }
        drawn = lines.size();
        surroundings.err().print(picture.append(CLEAR_TO_END_OF_SCREEN));
        surroundings.err().flush();
    }
}
