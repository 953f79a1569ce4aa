package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;

/// A table of plain text: a line of headings, then the rows, columns two spaces apart.
///
/// Cells come from a server, and a terminal obeys control characters: they are shown as `?`.
final class Table {
    private static final String GAP = "  ";
    private static final String RIGHT = ">";

    private final List<String> headings;
    private final List<List<String>> lines = new ArrayList<>();

    /// @param headings one that begins with `>` has its column flush right
    Table(String... headings) {
        this.headings = List.of(headings);
        lines.add(this.headings.stream().map(h -> h.replace(RIGHT, "")).toList());
    }

    Table row(String... cells) {
        if (cells.length != headings.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + headings);
        }
        lines.add(List.of(cells).stream().map(Table::harmless).toList());
        return this;
    }

    /// A text without control characters, nor such as change the direction of what follows.
    static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
    }

    /// Lines without trailing blanks, each with its end.
    String text() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int column = 0; column < line.size(); column++) {
                padded.append(column == 0 ? "" : GAP).append(cell(line.get(column), column));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private String cell(String cell, int column) {
        String blanks = " ".repeat(width(column) - cell.length());
        return headings.get(column).startsWith(RIGHT) ? blanks + cell : cell + blanks;
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
