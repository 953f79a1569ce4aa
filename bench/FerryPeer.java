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
    private static final int PAUSE_MILLIS = 50;
    private static final String SOURCE = "bench-source";

    private final Ferry ferry;
    private final Meter meter;
    private final Map<Integer, String> images = new TreeMap<>();
    private final List<Double> wholeCommand = new ArrayList<>();
    private int run;

    private FerryPeer(Ferry ferry, Meter meter) {
        this.ferry = ferry;
        this.meter = meter;
    }

    /// @param runs the highest number that [#begin] will have
    static FerryPeer start(Path launcher, Path work, int runs, List<Path> generations, Meter meter)
            throws Exception {
        List<String> regions = new ArrayList<>(List.of(SOURCE));
        for (int run = 0; run <= runs; run++) {
            regions.add(imported(run));
            regions.add(copied(run));
        }
        FerryPeer peer = new FerryPeer(Ferry.start(launcher, work, regions), meter);
        for (int i = 0; i < generations.size(); i++) {
            peer.images.put(i, peer.ferry.importImage(generations.get(i), SOURCE, "generation-" + i));
        }
        return peer;
    }

    private static String imported(int run) {
        return "bench-import-" + run;
    }

    private static String copied(int run) {
        return "bench-copy-" + run;
    }

    @Override
    public String name() {
        return "imageferry";
    }

    @Override
    public void begin(int next) {
        run = next;
        wholeCommand.clear();
    }

    @Override
    public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
        List<JsonNode> task = new ArrayList<>();
        Meter.Measured measured =
                meter.work(image, ferry.store(region(phase)), List.of(ferry.pid()), () ->
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
        return phase.copies() ? copied(run) : imported(run);
    }

    private JsonNode copy(Phase phase) throws Exception {
        return ferry.copy(
                SOURCE, images.get(phase.generation()), false, copied(run), PAUSE_MILLIS, _ -> {});
    }

    private JsonNode importImage(Phase phase, Path image) throws Exception {
        String id = ferry.importImage(image, imported(run), phase.name());
        return ferry.task(imported(run), id);
    }

    /// The last copy of the last run is its file, bit for bit.
    void prove(Path file) throws Exception {
        ferry.prove(copied(run), file);
    }

    void close() throws InterruptedException {
        ferry.close();
    }
}
