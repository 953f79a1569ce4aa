package kernels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Look-ups in a block index in a file, and what it takes to enter blocks: operations are blocks.
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IndexKernels {
    private static final int ASKED = 1_000;
    private static final int ENTERED = IndexFill.BLOCKS_IN_SEGMENT;
    private static final long UNKNOWN = 1L << 40;

    @Param("1000000")
    public long rows;

    private final SplittableRandom random = new SplittableRandom(1);
    private Path folder;
    private IndexFill index;

    @Setup(Level.Trial)
    public void fill() throws IOException {
        folder = Files.createTempDirectory("imageferry-kernels");
        index = IndexFill.in(folder.resolve("catalog.db"));
        index.to(rows);
    }

    @TearDown(Level.Trial)
    public void remove() throws IOException {
        index.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ASKED)
    public Map<Digest, BlockLocation> indexFindsWhatIsThere() {
        return find(IndexFill.names(random.nextLong(rows - ASKED), ASKED));
    }

    @Benchmark
    @OperationsPerInvocation(ASKED)
    public Map<Digest, BlockLocation> indexLooksForWhatIsNotThere() {
        return find(IndexFill.names(UNKNOWN + random.nextLong(UNKNOWN), ASKED));
    }

    private Map<Digest, BlockLocation> find(List<Digest> names) {
        return index.catalog().read(tables -> tables.index().find(index.scope(), names));
    }

    /// A segment, durable.
    @Benchmark
    @OperationsPerInvocation(ENTERED)
    public long indexTakesASegment() {
        index.to(index.blocks() + 1);
        return index.blocks();
    }
}
