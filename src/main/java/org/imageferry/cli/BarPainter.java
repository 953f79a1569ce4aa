package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;

/// Draws progress bars as plain lines of text, so that they fit the terminal's width: when it is narrow,
/// the least important figures go first.
final class BarPainter {
    private static final int MOST_BAR = 32;
    private static final int LEAST_BAR = 10;
    private static final String GAP = "  ";
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private final boolean unicode;

    BarPainter(boolean unicode) {
        this.unicode = unicode;
    }

    /// @param labelWidth that of the longest label, so that bars stand in a column
    /// @return at most `width` characters
    String paint(String label, int labelWidth, BarState state, int width) {
        String padded = label + " ".repeat(Math.max(0, labelWidth - label.length())) + GAP;
        String line =
                padded
                        + switch (state) {
                            case BarState.Waiting waiting -> waiting(waiting);
                            case BarState.Moving moving -> moving(moving, width - padded.length());
                            case BarState.Ended ended -> mark(ended) + " " + ended.text();
                        };
        return line.length() <= width ? line : line.substring(0, Math.max(0, width));
    }

    /// `waiting, 2 in the queue before it`: what people want to know of a queue.
    static String waiting(BarState.Waiting waiting) {
        long before = waiting.position() - 1;
        return before > 0 ? "waiting, " + before + " in the queue before it" : "waiting";
    }

    private String mark(BarState.Ended ended) {
        if (unicode) {
            return ended.good() ? "✓" : "✗";
        }
        return ended.good() ? "ok" : "FAILED";
    }

    private String moving(BarState.Moving moving, int room) {
        List<String> figures = figures(moving);
        while (figures.size() > 1 && length(figures) + LEAST_BAR + 2 > room) {
            figures.removeLast();
        }
        int cells = Math.min(MOST_BAR, room - length(figures) - 2);
        String bar = cells >= LEAST_BAR ? bar(share(moving), cells) : "";
        return bar + String.join(GAP, figures).substring(bar.isEmpty() ? 1 : 0);
    }

    /// The most important first, which is the percentage. A blank stands before it.
    private static List<String> figures(BarState.Moving moving) {
        List<String> figures = new ArrayList<>();
        figures.add(" %3d%%".formatted((int) (share(moving) * 100)));
        if (moving.total() > 0) {
            figures.add(Sizes.bytes(moving.done()) + " of " + Sizes.bytes(moving.total()));
        }
        if (moving.bytesPerSecond() > 0) {
            figures.add(Sizes.rate(moving.bytesPerSecond()));
        }
        moving.left().ifPresent(left -> figures.add(Sizes.clock(left) + " left"));
        return figures;
    }

    private static int length(List<String> figures) {
        return figures.stream().mapToInt(f -> f.length() + GAP.length()).sum() - GAP.length();
    }

    private static double share(BarState.Moving moving) {
        return moving.total() == 0 ? 0 : Math.clamp((double) moving.done() / moving.total(), 0, 1);
    }

    private String bar(double share, int cells) {
        return unicode ? "▕" + blocks(share, cells) + "▏" : "[" + signs(share, cells) + "]";
    }

    private static String blocks(double share, int cells) {
        int eighths = (int) (share * cells * 8);
        StringBuilder bar = new StringBuilder();
        for (int cell = 0; cell < cells; cell++) {
            bar.append(EIGHTHS.charAt(Math.clamp(eighths - cell * 8L, 0, 8)));
        }
        return bar.toString();
    }

    private static String signs(double share, int cells) {
        int full = (int) (share * cells);
        String head = full < cells ? ">" : "";
        return "=".repeat(full) + head + " ".repeat(cells - full - head.length());
    }
}
