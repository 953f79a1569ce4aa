import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import kernels.IndexFill;
import tools.jackson.databind.JsonNode;

/// Times copies of large sparse disks, and of a small one into a region full of images, and weighs the catalog.
/// `bench/scale.sh` runs it.
final class ScaleBench {
    private static final int SMALL_RUNS = 20;
    private static final int SMALL_MIB = 16;
    private static final int FEW = 10;
    private static final long GIB = 1L << 30;
    private static final String SOURCE = "bench-source";

    private final Path launcher;
    private final Path work;
    private final Meter meter;

    private ScaleBench(Path launcher, Path work) {
        this.launcher = launcher;
        this.work = work;
        this.meter = new Meter(work);
    }

    /// @param arguments launcher, an empty folder to work in, MiB of data of a disk, runs, images in the full
    ///     region, rows of the index that is weighed
    static void main(String[] arguments) throws Exception {
        ScaleBench bench = new ScaleBench(Path.of(arguments[0]), Path.of(arguments[1]));
        int runs = Integer.parseInt(arguments[3]);
        if (runs > 0) {
            bench.disks(Integer.parseInt(arguments[2]), runs);
        }
        bench.images(Integer.parseInt(arguments[4]));
        bench.weigh(Long.parseLong(arguments[5]));
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(work.resolve(name));
    }

    /// A disk whose data stand in pieces of equal length at equal distances.
    private record Layout(String title, long bytes, int pieces) {}

    private void disks(int mib, int runs) throws Exception {
        List<Layout> layouts =
                List.of(
                        new Layout("4 GiB, in 4 parts", 4 * GIB, 4),
                        new Layout("1 TiB, in 64 parts", 1024 * GIB, 64),
                        new Layout("1 TiB, in all 1024 parts", 1024 * GIB, 1024));
        List<String> regions = new ArrayList<>(List.of(SOURCE));
        for (int run = 0; run <= runs; run++) {
            for (int i = 0; i < layouts.size(); i++) {
                regions.add("bench-" + i + "-" + run);
            }
        }
        try (Ferry ferry = Ferry.start(launcher, folder("disks"), regions)) {
            Map<Layout, String> images = new LinkedHashMap<>();
            for (Layout layout : layouts) {
                Path file = disk(work.resolve("disk.raw"), layout, mib);
                images.put(layout, ferry.importImage(file, SOURCE, "disk-" + images.size()));
                Files.delete(file);
            }
            Map<Layout, List<Meter.Measured>> measured = new LinkedHashMap<>();
            for (int run = 0; run <= runs; run++) {
                for (Layout layout : layouts) {
                    String to = "bench-" + layouts.indexOf(layout) + "-" + run;
                    Meter.Measured one = copy(ferry, images.get(layout), to);
                    if (run > 0) { // the first warms up
                        measured.computeIfAbsent(layout, _ -> new ArrayList<>()).add(one);
                    }
                }
            }
            print(mib, measured);
        }
    }

    private Meter.Measured copy(Ferry ferry, String image, String to) throws Exception {
        List<JsonNode> task = new ArrayList<>();
        Ferry.Order order = new Ferry.Order(SOURCE, image, to, false, "stored");
        Meter.Measured measured =
                meter.work(Path.of("/dev/null"), ferry.store(to), List.of(ferry.pid()), () ->
                        task.add(ferry.copy(order)));
        return measured.lasting(Ferry.seconds(task.getFirst()));
    }

    private static void print(int mib, Map<Layout, List<Meter.Measured>> measured) {
        System.out.printf("First copies of disks with %d MiB of data:%n%n", mib);
        System.out.println(
                "| disk | time, median (min-max) | CPU | peak memory | times the first |");
        System.out.println("|---|--:|--:|--:|--:|");
        double first = 0;
        for (Map.Entry<Layout, List<Meter.Measured>> layout : measured.entrySet()) {
            List<Double> seconds =
                    layout.getValue().stream().map(Meter.Measured::seconds).sorted().toList();
            double median = median(seconds);
            first = first == 0 ? median : first;
            System.out.printf(
                    Locale.ROOT, "| %s | %.2f s (%.2f-%.2f) | %.2f s | %.0f MiB | %.2f |%n",
                    layout.getKey().title(), median, seconds.getFirst(), seconds.getLast(),
                    median(layout.getValue().stream().map(Meter.Measured::cpuSeconds).toList()),
                    layout.getValue().stream().mapToDouble(Meter.Measured::peakMib).max().orElse(0),
                    median / first);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// Half of its pages compress, none repeats, and no other disk has them.
    private static Path disk(Path file, Layout layout, int mib) throws IOException {
        SplittableRandom random = new SplittableRandom(layout.hashCode());
        long piece = ((long) mib << 20) / layout.pieces() / 4096 * 4096;
        ByteBuffer bytes = ByteBuffer.allocate(4096);
        try (FileChannel out =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < layout.pieces(); i++) {
                long start = layout.bytes() / layout.pieces() * i;
                for (long at = start; at < start + piece; at += bytes.capacity()) {
                    boolean plain = random.nextBoolean();
                    bytes.clear();
                    while (bytes.hasRemaining()) {
                        bytes.putLong(random.nextLong() & (plain ? -1 : 0x0f0f_0f0f_0f0f_0f0fL));
                    }
                    out.write(bytes.flip(), at);
                }
            }
            out.write(ByteBuffer.allocate(1), layout.bytes() - 1);
        }
        return file;
    }

    /// Each small disk is copied to a region with few images, then to one with many, in turns.
    private void images(int many) throws Exception {
        List<String> regions = List.of(SOURCE, "bench-few", "bench-many");
        List<String> images = new ArrayList<>();
        Path data;
        try (Ferry ferry = Ferry.start(launcher, folder("images"), regions)) {
            data = ferry.data();
            for (int run = 0; run <= SMALL_RUNS; run++) {
                Layout layout = new Layout("small " + run, (long) SMALL_MIB << 20, 1);
                Path file = disk(work.resolve("small.raw"), layout, SMALL_MIB);
                images.add(ferry.importImage(file, SOURCE, "small-" + run));
                Files.delete(file);
            }
        }
        ScaleFill.fill(data, images.getFirst(), "bench-few", FEW);
        ScaleFill.fill(data, images.getFirst(), "bench-many", many);
        try (Ferry ferry = Ferry.start(launcher, folder("images"), regions)) {
            List<Double> toFew = new ArrayList<>();
            List<Double> toMany = new ArrayList<>();
            for (int run = 0; run <= SMALL_RUNS; run++) {
                double few = copy(ferry, images.get(run), "bench-few").seconds();
                double full = copy(ferry, images.get(run), "bench-many").seconds();
                if (run > 0) {
                    toFew.add(few);
                    toMany.add(full);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%nCopy of a disk of %d MiB, median of %d: %.0f ms into a region of %d images, %.0f ms into one"
                            + " of %,d: %.2f times.%n",
                    SMALL_MIB, SMALL_RUNS, median(toFew) * 1e3, FEW, median(toMany) * 1e3, many,
                    median(toMany) / median(toFew));
        }
    }

    /// @param rows blocks, enough that what the catalog has anyway does not count
    private void weigh(long rows) throws Exception {
        Path file = folder("index").resolve("catalog.db");
        try (IndexFill fill = IndexFill.in(file)) {
            fill.to(rows);
        }
        long stored = rows / IndexFill.BLOCKS_IN_SEGMENT * (16L << 20);
        System.out.printf(
                Locale.ROOT,
                "%nThe catalog of %,d blocks in segments of %d has %.0f bytes a block, so %.2f GiB for each TiB"
                        + " that is stored.%n",
                rows, IndexFill.BLOCKS_IN_SEGMENT, (double) Files.size(file) / rows,
                (double) Files.size(file) / stored * 1024);
    }
}
