package org.imageferry.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Shows on standard error how several things come along, one bar each, redrawn in place.
///
/// Where nobody looks, each gets a line when it begins and one when it ends, and nothing between. One
/// thread only.
final class ProgressBars implements AutoCloseable {
    private static final Duration BETWEEN_DRAWINGS = Duration.ofMillis(100);
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";

    private final Surroundings surroundings;
    private final List<String> labels;
    private final int labelWidth;
    private final BarPainter painter;
    private final List<BarState> states = new ArrayList<>();
    private int drawn;
    private boolean news;
    private Instant last = Instant.EPOCH;

    /// @param labels what stands before the bars
    ProgressBars(Surroundings surroundings, List<String> labels) {
        this.surroundings = surroundings;
        this.labels = labels.stream().map(Table::harmless).toList();
        this.labelWidth = labels.stream().mapToInt(String::length).max().orElse(0);
        this.painter = new BarPainter(surroundings.terminal().unicode());
    }

    void show(int bar, BarState state) {
        boolean first = states.size() <= bar;
        while (states.size() <= bar) {
            states.add(new BarState.Waiting(0));
        }
        boolean urgent = first || state instanceof BarState.Ended;
        states.set(bar, state);
        news = true;
        if (!surroundings.terminal().present()) {
            if (urgent) {
                surroundings.err().println(labels.get(bar) + ": " + line(state));
            }
            return;
        }
        Instant now = surroundings.clock().instant();
        if (urgent || Duration.between(last, now).compareTo(BETWEEN_DRAWINGS) >= 0) {
            draw(now);
        }
    }

    private static String line(BarState state) {
        return switch (state) {
            case BarState.Waiting waiting -> BarPainter.waiting(waiting);
            case BarState.Moving _ -> "started";
            case BarState.Ended ended -> ended.text();
        };
    }

    private void draw(Instant now) {
        last = now;
        news = false;
        StringBuilder picture = new StringBuilder();
        if (drawn > 0) {
            picture.append("\u001b[%dA".formatted(drawn));
        }
        int width = surroundings.terminal().columns().getAsInt() - 1;
        for (int bar = 0; bar < states.size(); bar++) {
            picture.append('\r')
                    .append(painter.paint(labels.get(bar), labelWidth, states.get(bar), width))
                    .append(CLEAR_TO_END_OF_LINE)
                    .append('\n');
        }
        drawn = states.size();
        PrintStream err = surroundings.err();
        err.print(picture);
        err.flush();
    }

    /// Draws what was shown last, if it was not drawn yet.
    @Override
    public void close() {
        if (surroundings.terminal().present() && news) {
            draw(surroundings.clock().instant());
        }
    }
}
