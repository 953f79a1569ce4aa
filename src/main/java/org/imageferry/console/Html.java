package org.imageferry.console;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A piece of HTML that may be sent as it is. Whatever is put into one is escaped, unless it is one
/// itself, so no name or message can become markup.
record Html(String text) {
    static final Html NONE = new Html("");
    private static final String GAP = "{}";

    /// @param template markup from our own code, with `{}` for each value; in attributes it stands
    ///     between double quotes
    /// @throws IllegalArgumentException if there are more or fewer values than gaps
    static Html of(String template, Object... values) {
        StringBuilder text = new StringBuilder(template.length() + 32);
        int from = 0;
        for (Object value : values) {
            int gap = template.indexOf(GAP, from);
            if (gap < 0) {
                throw new IllegalArgumentException("no place for " + value + " in " + template);
            }
            text.append(template, from, gap);
            append(text, value);
            from = gap + GAP.length();
        }
        if (template.indexOf(GAP, from) >= 0) {
            throw new IllegalArgumentException("too few values for " + template);
        }
        return new Html(text.append(template, from, template.length()).toString());
    }

    static <T> Html each(Iterable<T> items, Function<T, Html> one) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append(one.apply(item).text));
        return new Html(text.toString());
    }

    static Html join(Html... pieces) {
        return new Html(Stream.of(pieces).map(Html::text).collect(Collectors.joining()));
    }

    /// The piece, or nothing.
    static Html when(boolean shown, Html piece) {
        return shown ? piece : NONE;
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof Html safe) {
            text.append(safe.text);
            return;
        }
        String plain = String.valueOf(value);
        for (int i = 0; i < plain.length(); i++) {
            append(text, plain.charAt(i));
        }
    }

    private static void append(StringBuilder text, char c) {
        switch (c) {
            case '&' -> text.append("&amp;");
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '"' -> text.append("&quot;");
            case '\'' -> text.append("&#39;");
            default -> text.append(c);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
