package org.imageferry.console;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;

/// Finds the page of an address.
final class Pages {
    private Pages() {}

    /// @param path below [Links#HOME], with its query
    /// @return nothing if there is no such page
    static Optional<Page> find(String path) {
        int mark = path.indexOf('?');
        String address = mark < 0 ? path : path.substring(0, mark);
        String query = mark < 0 ? "" : path.substring(mark + 1);
        try {
            return find(segments(address), Parameters.parse(query));
        } catch (EcsException | IllegalArgumentException _) {
            return Optional.empty(); // what can't be decoded names nothing
        }
    }

    private static Optional<Page> find(List<String> segments, Parameters query) {
        int number = (int) query.number("page", 1, 1_000_000, 1);
        return switch (segments.getFirst()) {
            case "" -> sized(segments, 1, new OverviewPage());
            case "activity" ->
                    sized(
                            segments,
                            1,
                            new ActivityPage(query.text("status"), query.text("region"), number));
            case "keys" -> sized(segments, 1, new KeysPage());
            case "regions" ->
                    sized(
                            segments,
                            2,
                            new RegionPage(segments.getLast(), number, query.text("name")));
            case "images" ->
                    segments.size() == 3
                            ? Optional.of(
                                    new ImagePage(
                                            segments.get(1), segments.get(2), query.text("to")))
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Page> sized(List<String> segments, int size, Page page) {
        return segments.size() == size ? Optional.of(page) : Optional.empty();
    }

    private static List<String> segments(String address) {
        return Stream.of(address.split("/", -1)).map(Pages::decoded).toList();
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
