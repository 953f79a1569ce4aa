import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import tools.jackson.databind.JsonNode;

/// Imports a disk image into empty regions and prints what the processors did meanwhile, in Markdown.
/// `bench/import.sh` runs it, and has the server record samples of its threads by CPU time (JEP 509).
final class ImportBench {
    private static final String OTHER = "all else of the server";

    /// What work a method belongs to, by the class nearest to the top of the stack that tells.
    private record Kind(String label, List<String> classes) {
        boolean owns(RecordedFrame frame) {
            String type = frame.getMethod().getType().getName();
            return classes.stream().anyMatch(type::startsWith);
        }
    }

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("zstd", List.of("com.github.luben.zstd.")),
                    new Kind(
                            "SHA-256",
                            List.of("sun.security.provider.", "org.imageferry.blocks.Sha256")),
                    new Kind("cutting", List.of("org.imageferry.blocks.PageCutter")),
                    new Kind("catalog", List.of("org.sqlite.", "org.imageferry.catalog.")),
                    new Kind(
                            "reading and writing files",
                            List.of("sun.nio.", "java.nio.channels.", "org.imageferry.store.")));

    /// The time of one import.
    private record Span(Instant start, Instant end) {
        static Span of(JsonNode task) {
            return new Span(
                    Instant.parse(task.path("CreationTime").asString()),
                    Instant.parse(task.path("EndTime").asString()));
        }

        boolean contains(Instant time) {
            return !time.isBefore(start) && time.isBefore(end);
        }
    }

    /// @param arguments launcher, an empty folder to work in, the disk image, how many imports count
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        Path image = Path.of(arguments[2]);
        List<String> regions =
                IntStream.rangeClosed(0, Integer.parseInt(arguments[3]))
                        .mapToObj(run -> "bench-" + run)
                        .toList();
        List<Span> spans = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        long server;
        try (Ferry ferry = Ferry.start(Path.of(arguments[0]), work, regions)) {
            server = ferry.pid();
            for (String region : regions) {
                JsonNode task = ferry.task(region, ferry.importImage(image, region, "bench"));
                spans.add(Span.of(task));
                seconds.add(Ferry.seconds(task));
            }
        }
        // the first warms up
        print(
                seconds.subList(1, seconds.size()),
                samples(work.resolve(server + ".jfr"), spans.subList(1, spans.size())));
    }

    private static Map<String, Integer> samples(Path recording, List<Span> spans) throws Exception {
        Map<String, Integer> counts = new HashMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
            if (spans.stream().anyMatch(span -> span.contains(event.getStartTime()))) {
                counts.merge(kind(event.getStackTrace()), 1, Integer::sum);
            }
        }
        return counts;
    }

    private static String kind(RecordedStackTrace stack) {
        if (stack != null) {
            for (RecordedFrame frame : stack.getFrames()) {
                for (Kind kind : KINDS) {
                    if (kind.owns(frame)) {
                        return kind.label();
                    }
                }
            }
        }
        return OTHER;
    }

    private static void print(List<Double> seconds, Map<String, Integer> counts) {
        double all = counts.values().stream().mapToInt(Integer::intValue).sum();
        List<Double> sorted = seconds.stream().sorted().toList();
        System.out.printf(
                Locale.ROOT, "%d imports, median %.2f s (%.2f-%.2f); %.0f samples%n%n",
                sorted.size(), sorted.get(sorted.size() / 2), sorted.getFirst(), sorted.getLast(), all);
        System.out.println("| work | share of the processors' time |");
        System.out.println("|---|--:|");
        counts.entrySet().stream()
                .sorted(Comparator.comparing(count -> -count.getValue()))
                .forEach(
                        count ->
                                System.out.printf(
                                        Locale.ROOT, "| %s | %.0f %% |%n",
                                        count.getKey(), count.getValue() * 100 / all));
    }
}
