import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Makes tables in Markdown and a chart of what [PeersBench] wrote down. Run alone, it draws an old result
/// anew: `java bench/PeersReport.java RESULTS CHART`.
final class PeersReport {
    private static final String MEASURE = "cp";

    /// Of one run of one tool in one phase.
    private record Result(
            int run, String tool, Peer.Phase phase, double seconds, double cpuSeconds,
            double peakMib, double writtenMib, double grewMib) {
        static Result parse(String line) {
            String[] fields = line.split("\t");
            double[] numbers = new double[5];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Double.parseDouble(fields[3 + i]);
            }
            return new Result(
                    Integer.parseInt(fields[0]), fields[1], Peer.Phase.valueOf(fields[2]), numbers[0],
                    numbers[1], numbers[2], numbers[3], numbers[4]);
        }
    }

    /// @param ratios to `cp` of the same run and phase
    private record Line(String tool, List<Result> results, List<Double> ratios) {
        double median(ToDoubleFunction<Result> of) {
            return PeersReport.median(results.stream().map(of::applyAsDouble).toList());
        }

        double ratio() {
            return PeersReport.median(ratios);
        }
    }

    private PeersReport() {}

    /// @param arguments results, and the chart to write
    static void main(String[] arguments) throws IOException {
        List<Result> results =
                Files.readAllLines(Path.of(arguments[0])).stream()
                        .skip(1)
                        .map(Result::parse)
                        .toList();
        Map<String, List<Chart.Bar>> chart = new LinkedHashMap<>();
        for (Peer.Phase phase : Peer.Phase.values()) {
            List<Line> lines = lines(results, phase);
            print(phase, lines);
            if (phase != Peer.Phase.IMPORT_AGAIN) {
                chart.put(phase.title(), bars(lines));
            }
        }
        Files.writeString(Path.of(arguments[1]), Chart.draw("Time, as a multiple of cp's", chart));
    }

    /// The fastest first.
    private static List<Line> lines(List<Result> results, Peer.Phase phase) {
        Map<Integer, Double> measure = new HashMap<>();
        Map<String, List<Result>> byTool = new LinkedHashMap<>();
        for (Result result : results) {
            if (result.phase() == phase) {
                byTool.computeIfAbsent(result.tool(), _ -> new ArrayList<>()).add(result);
                if (result.tool().equals(MEASURE)) {
                    measure.put(result.run(), result.seconds());
                }
            }
        }
        return byTool.entrySet().stream()
                .map(tool ->
                        new Line(
                                tool.getKey(),
                                tool.getValue(),
                                tool.getValue().stream()
                                        .map(it -> it.seconds() / measure.get(it.run()))
                                        .toList()))
                .sorted(Comparator.comparing(Line::ratio))
                .toList();
    }

    private static void print(Peer.Phase phase, List<Line> lines) {
        System.out.printf("%n%s:%n%n", phase.title());
        System.out.println(
                "| tool | runs | time, median (min-max) | CPU | peak memory | written | destination grew | times `cp` |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|");
        for (Line line : lines) {
            List<Double> seconds = line.results().stream().map(Result::seconds).sorted().toList();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.2f s (%.2f-%.2f) | %.2f s | %.0f MiB | %.0f MiB | %.0f MiB | %s |%n",
                    line.tool(), line.results().size(), line.median(Result::seconds),
                    seconds.getFirst(), seconds.getLast(), line.median(Result::cpuSeconds),
                    line.median(Result::peakMib), line.median(Result::writtenMib),
                    line.median(Result::grewMib), Chart.number(line.ratio()));
        }
    }

    private static List<Chart.Bar> bars(List<Line> lines) {
        return lines.stream()
                .filter(line -> !line.tool().equals("imageferry import"))
                .map(line ->
                        new Chart.Bar(line.tool(), line.ratio(), line.tool().startsWith("imageferry")))
                .toList();
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(half)
                : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }
}
