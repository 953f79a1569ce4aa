package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Draws what was copied over time: how fast, and how much of it did not have to be moved.
///
/// Time is cut into 24 equal spans, of the shortest of some round lengths that shows all; a copy counts
/// in the span in which it ended.
final class Charts {
    private static final int SPANS = 24;
    private static final int WIDTH = 480;
    private static final int HEIGHT = 120;
    private static final int BASE = HEIGHT - 18;
    private static final int TOP = 14;
    private static final List<Duration> LENGTHS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1),
                    Duration.ofHours(6),
                    Duration.ofDays(1),
                    Duration.ofDays(7),
                    Duration.ofDays(30));

    /// @param at when it begins
    private record Span(Instant at, long moved, long shared) {}

    private Charts() {}

    static Html of(List<TaskView> copies, Instant now) {
        if (copies.isEmpty()) {
            return new Html(
                    "<p class=\"empty\">Charts appear here once a copy has been finished.</p>");
        }
        Duration length = length(copies, now);
        List<Span> spans = spans(copies, length, now);
        double seconds = (double) length.toSeconds();
        long moved = spans.stream().mapToLong(Span::moved).sum();
        long shared = spans.stream().mapToLong(Span::shared).sum();
        return Html.of(
                "<div class=\"charts\">{}{}</div>\n",
                chart(
                        "Throughput",
                        "%s copied in all, mean of each %s"
                                .formatted(Amounts.bytes(moved + shared), words(length)),
                        spans,
                        span -> (double) (span.moved() + span.shared()) / seconds,
                        _ -> 0,
                        "/s"),
                chart(
                        "Bytes saved",
                        "%d %% did not have to be moved: %s of %s"
                                .formatted(
                                        Amounts.percent(shared, moved + shared),
                                        Amounts.bytes(shared),
                                        Amounts.bytes(moved + shared)),
                        spans,
                        span -> (double) span.moved(),
                        span -> (double) span.shared(),
                        ""));
    }

    private static Duration length(List<TaskView> copies, Instant now) {
        Instant first =
                copies.stream()
                        .flatMap(it -> it.ended().stream())
                        .min(Instant::compareTo)
                        .orElse(now);
        return LENGTHS.stream()
                .filter(it -> !now.minus(it.multipliedBy(SPANS - 1)).isAfter(first))
                .findFirst()
                .orElse(LENGTHS.getLast());
    }

    private static List<Span> spans(List<TaskView> copies, Duration length, Instant now) {
        long size = length.toSeconds();
        long last = now.getEpochSecond() / size;
        return IntStream.range(0, SPANS)
                .mapToLong(i -> last - SPANS + 1 + i)
                .mapToObj(number -> span(copies, number, size))
                .toList();
    }

    private static Span span(List<TaskView> copies, long number, long size) {
        List<TaskView.Bytes> bytes =
                copies.stream()
                        .filter(it ->
                                it.ended()
                                        .filter(end -> end.getEpochSecond() / size == number)
                                        .isPresent())
                        .map(TaskView::bytes)
                        .toList();
        return new Span(
                Instant.ofEpochSecond(number * size),
                bytes.stream().mapToLong(TaskView.Bytes::moved).sum(),
                bytes.stream().mapToLong(TaskView.Bytes::shared).sum());
    }

    /// @param lower of a bar, and what stands on it
    private static Html chart(
            String title,
            String remark,
            List<Span> spans,
            ToDoubleFunction<Span> lower,
            ToDoubleFunction<Span> upper,
            String unit) {
        double most =
                Math.max(
                        1,
                        spans.stream()
                                .mapToDouble(
                                        it -> lower.applyAsDouble(it) + upper.applyAsDouble(it))
                                .max()
                                .orElse(1));
        List<Html> bars = new ArrayList<>();
        double step = (double) WIDTH / SPANS;
        for (int i = 0; i < SPANS; i++) {
            double low = lower.applyAsDouble(spans.get(i)) / most * (BASE - TOP);
            double high = upper.applyAsDouble(spans.get(i)) / most * (BASE - TOP);
            bars.add(bar("moved", i * step, step, BASE - low, low));
            bars.add(bar("shared", i * step, step, BASE - low - high, high));
        }
        return Html.of(
                """
                <figure><figcaption><strong>{}</strong> <small>{}</small></figcaption>\
                <svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}: {}">\
                <path class="axis" d="M0 {}H{}"/><text x="0" y="10">{}</text>{}\
                <text x="0" y="{}">{}</text><text class="end" x="{}" y="{}">{}</text></svg></figure>
                """,
                title,
                remark,
                WIDTH,
                HEIGHT,
                title,
                remark,
                BASE,
                WIDTH,
                Amounts.bytes(most) + unit,
                Html.each(bars, it -> it),
                HEIGHT - 4,
                Amounts.at(spans.getFirst().at()),
                WIDTH,
                HEIGHT - 4,
                "now (UTC)");
    }

    private static Html bar(String kind, double x, double step, double y, double height) {
        return Html.when(
                height > 0,
                Html.of(
                        "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                        kind,
                        number(x + 1.5),
                        number(y),
                        number(step - 3),
                        number(height)));
    }

    private static String words(Duration length) {
        return length.toDays() > 0
                ? Amounts.count(length.toDays(), "day")
                : length.toHours() > 0
                        ? Amounts.count(length.toHours(), "hour")
                        : Amounts.count(length.toMinutes(), "minute");
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
