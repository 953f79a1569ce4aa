package kernels;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The manifest of a part full of data, with blocks of 64 KiB: operations are blocks.
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ManifestKernels {
    private static final int BLOCKS = 16_384;
    private static final int PAGES = 16;
    private static final int CHANGED = 50; // every 50th

    private final SplittableRandom salts = new SplittableRandom(1);
    private Seal seal;
    private List<Manifest.Entry> entries;
    private Manifest before;
    private Manifest after;
    private ByteBuffer bytes;

    @Setup(Level.Trial)
    public void make() {
        seal =
                new Seal.None(
                        new org.imageferry.domain.Scope(
                                new AccountId("1234567890123456"), new RegionId("bench-kernels")));
        entries = entries(IndexFill.names(0, BLOCKS));
        before = new Manifest(entries);
        List<Digest> changed = new ArrayList<>(IndexFill.names(0, BLOCKS));
        for (int i = 0; i < BLOCKS; i += CHANGED) {
            changed.set(i, IndexFill.names(BLOCKS + i, 1).getFirst());
        }
        after = new Manifest(entries(changed));
        bytes = before.encode(seal, salts);
    }

    private static List<Manifest.Entry> entries(List<Digest> names) {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            ObjectId segment = new ObjectId(i / IndexFill.BLOCKS_IN_SEGMENT, 1);
            entries.add(
                    new Manifest.Entry(
                            i * PAGES, 64 << 10, names.get(i),
                            new BlockLocation(segment, i % IndexFill.BLOCKS_IN_SEGMENT)));
        }
        return entries;
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public ByteBuffer manifestEncode() {
        return new Manifest(entries).encode(seal, salts);
    }

    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public Manifest manifestDecode() throws DamagedException {
        return Manifest.decode(bytes, seal, before.digest());
    }

    /// What a copy asks of a manifest when the destination has the generation before: which contents are not
    /// in that one.
    @Benchmark
    @OperationsPerInvocation(BLOCKS)
    public Set<Digest> manifestDiff() {
        Map<Digest, BlockLocation> near = new HashMap<>(before.size() * 2);
        for (Manifest.Entry block : before.entries()) {
            near.put(block.content(), block.location());
        }
        Set<Digest> missing = new HashSet<>();
        for (Manifest.Entry block : after.entries()) {
            if (!near.containsKey(block.content())) {
                missing.add(block.content());
            }
        }
        return missing;
    }
}
