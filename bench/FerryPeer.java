import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/// imageferry among its peers: a server that has been running for a while, and regions that are empty when a
/// run begins.
///
/// A copy's time is from CopyImage's answer to the end in the catalog: every block checked, everything durable,
/// `Available`. An import's is that of its task; beside it stands the time of the whole command, with the start
/// of its JVM and the upload.
final class FerryPeer implements Peer {
    private static final String SOURCE = "bench-source";

    private final Ferry ferry;
    private final Meter meter;
    private final Map<Integer, String> images;
    private final boolean content;
    private final List<Double> wholeCommand = new ArrayList<>();
    private int run;

    /// @param images in the source region, by generation
    /// @param content whether each block's content is checked, instead of its stored form
    private FerryPeer(Ferry ferry, Meter meter, Map<Integer, String> images, boolean content) {
        this.ferry = ferry;
        this.meter = meter;
        this.images = images;
        this.content = content;
    }

    /// @param runs the highest number that [#begin] will have
    static FerryPeer start(Path launcher, Path work, int runs, List<Path> generations, Meter meter)
            throws Exception {
        List<String> regions = new ArrayList<>(List.of(SOURCE));
        for (int run = 1; run <= runs; run++) {
            regions.add(imported(run));
            regions.add(copied(run, false));
            regions.add(copied(run, true));
        }
        Ferry ferry = Ferry.start(launcher, work, regions);
        Map<Integer, String> images = new TreeMap<>();
        for (int i = 0; i < generations.size(); i++) {
            images.put(i, ferry.importImage(generations.get(i), SOURCE, "generation-" + i));
        }
        return new FerryPeer(ferry, meter, images, false);
    }

    /// The same server, asked to decode and hash each block.
    FerryPeer checkingContent() {
        return new FerryPeer(ferry, meter, images, true);
    }

    private static String imported(int run) {
        return "bench-import-" + run;
    }

    private static String copied(int run, boolean content) {
        return (content ? "bench-content-" : "bench-copy-") + run;
    }

    @Override
    public String name() {
        return content ? "imageferry --check content" : "imageferry";
    }

    @Override
    public void begin(int next) {
        run = next;
        wholeCommand.clear();
    }

    @Override
    public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
        if (content && !phase.copies()) {
            return Optional.empty();
        }
        List<JsonNode> task = new ArrayList<>();
        Path source = phase.copies() ? ferry.store(SOURCE) : image;
        Meter.Measured measured =
                meter.work(source, ferry.store(region(phase)), List.of(ferry.pid()), () ->
                        task.add(phase.copies() ? copy(phase) : importImage(phase, image)));
        if (!phase.copies()) {
            wholeCommand.add(measured.seconds());
        }
        return Optional.of(measured.lasting(Ferry.seconds(task.getFirst())));
    }

    /// How long the last phase took as a user of the command saw it, if it was an import.
    Optional<Double> wholeCommand(Phase phase) {
        return phase.copies() ? Optional.empty() : Optional.of(wholeCommand.getLast());
    }

    private String region(Phase phase) {
        return phase.copies() ? copied(run, content) : imported(run);
    }

    private JsonNode copy(Phase phase) throws Exception {
        Ferry.Order order =
                new Ferry.Order(
                        SOURCE, images.get(phase.generation()), copied(run, content), false,
                        content ? "content" : "stored");
        return ferry.copy(order);
    }

    private JsonNode importImage(Phase phase, Path image) throws Exception {
        String id = ferry.importImage(image, imported(run), phase.name());
        return ferry.task(imported(run), id);
    }

    /// The last copy of the last run is its file, bit for bit.
    void prove(Path file) throws Exception {
        ferry.prove(copied(run, content), file);
    }

    void close() throws InterruptedException {
        ferry.close();
    }
}
