import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Copies the generations of a disk out of a folder into a bucket and out of that into another folder, and
/// prints two tables in Markdown: what of the link was used, and what was asked of the server, counted by the
/// server's own log. `bench/wan.sh` runs it.
final class WanBench {
    private static final String HERE = "bench-here";
    private static final String THERE = "bench-there";
    private static final String BACK = "bench-back";

    /// Records of an image are written after its copy has ended.
    private static final long QUIET_MILLIS = 1_500;

    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;

    /// As s3proxy logs each request that it takes.
    private static final Pattern REQUEST =
            Pattern.compile("request: .*\\{(GET|PUT|HEAD|POST|DELETE)@\\w+ (\\S+)");

    private final Path log;
    private final Ferry ferry;
    private final double up;
    private final double down;
    private final List<String> uses = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();

    private WanBench(Path log, Ferry ferry, double up, double down) {
        this.log = log;
        this.ferry = ferry;
        this.up = up;
        this.down = down;
    }

    /// @param arguments launcher, an empty folder to work in, the server's address, its bucket, its log, what
    ///     iperf3 reached towards it and from it in Mbit/s, disk images in the order of their age
    static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[1]);
        List<Path> images = Arrays.stream(arguments).skip(7).map(Path::of).toList();
        String settings = settings(arguments[2], arguments[3]);
        try (Ferry ferry = Ferry.configured(Path.of(arguments[0]), work, settings)) {
            new WanBench(
                            Path.of(arguments[4]),
                            ferry,
                            Double.parseDouble(arguments[5]),
                            Double.parseDouble(arguments[6]))
                    .run(images);
        }
    }

    private static String settings(String endpoint, String bucket) {
        return """
                regions:
                  - id: %s
                  - id: %s
                    s3:
                      endpoint: %s
                      bucket: %s
                      access-key-env: BENCH_S3_KEY
                      secret-key-env: BENCH_S3_SECRET
                  - id: %s
                """
                .formatted(HERE, THERE, endpoint, bucket, BACK);
    }

    private void run(List<Path> files) throws Exception {
        List<String> here = new ArrayList<>();
        for (Path file : files) {
            here.add(ferry.importImage(file, HERE, file.getFileName().toString()));
        }
        List<String> there = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            there.add(copy(files.get(i), HERE, here.get(i), THERE, "into the bucket", up));
        }
        for (int i = 0; i < files.size(); i++) {
            copy(files.get(i), THERE, there.get(i), BACK, "out of the bucket", down);
        }
        System.out.println("| copy | blocks that were missing | time | Mbit/s of them | iperf3 | share |");
        System.out.println("|---|--:|--:|--:|--:|--:|");
        uses.forEach(System.out::println);
        System.out.println("\n| copy | PUT | GET | HEAD | LIST | DELETE | requests per GiB of data"
                + " | per GiB stored |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        requests.forEach(System.out::println);
        ferry.prove(BACK, files.getLast());
    }

    /// @return the id of the copy
    private String copy(
            Path file, String from, String image, String to, String label, double iperf)
            throws Exception {
        Thread.sleep(QUIET_MILLIS);
        Map<String, Integer> before = asked();
        JsonNode task = ferry.copy(new Ferry.Order(from, image, to, false, "stored"));
        Thread.sleep(QUIET_MILLIS);
        String name = file.getFileName() + " " + label;
        note(name, task, iperf);
        count(name, task, before, asked());
        return ferry.newest(to);
    }

    private void note(String name, JsonNode task, double iperf) {
        double seconds = Ferry.seconds(task);
        long stored = task.path("StoredBytes").asLong();
        double mbit = stored * 8 / 1e6 / seconds;
        uses.add(
                String.format(
                        Locale.ROOT,
                        "| %s | %.1f MiB | %.2f s | %.1f | %.1f | %.1f %% |",
                        name, stored / MIB, seconds, mbit, iperf, 100 * mbit / iperf));
        System.err.println(uses.getLast());
    }

    private void count(
            String name, JsonNode task, Map<String, Integer> before, Map<String, Integer> after) {
        StringBuilder row = new StringBuilder("| ").append(name).append(" | ");
        int sum = 0;
        for (String kind : List.of("PUT", "GET", "HEAD", "LIST", "DELETE")) {
            int made = after.getOrDefault(kind, 0) - before.getOrDefault(kind, 0);
            row.append(made).append(" | ");
            sum += made;
        }
        requests.add(
                row.append(
                                String.format(
                                        Locale.ROOT,
                                        "%.0f | %.0f |",
                                        sum / (task.path("TotalBytes").asLong() / GIB),
                                        sum / (task.path("StoredBytes").asLong() / GIB)))
                        .toString());
        System.err.println(requests.getLast());
    }

    /// What the server was asked so far.
    private Map<String, Integer> asked() throws IOException {
        Map<String, Integer> asked = new TreeMap<>();
        try (Stream<String> lines = Files.lines(log)) {
            lines.map(REQUEST::matcher)
                    .filter(Matcher::find)
                    .forEach(it -> asked.merge(kind(it.group(1), it.group(2)), 1, Integer::sum));
        }
        return asked;
    }

    private static String kind(String method, String rest) {
        return method.equals("GET") && rest.contains("list-type=") ? "LIST" : method;
    }
}
