package kernels;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.imageferry.blocks.BlockEncoder;
import org.imageferry.blocks.BlockSealer;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.MultiBufferTrial;
import org.imageferry.blocks.PageCutter;
import org.imageferry.blocks.ScopeKeys;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.Sha256;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
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

/// What is done to the bytes of a disk: operations are MiB of content.
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockKernels {
    private static final int MIB = 16;
    private static final int BYTES = MIB << 20;

    private final ByteBuffer disk = ByteBuffer.allocateDirect(BYTES);
    private final byte[] heap = new byte[BYTES];
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final List<ByteBuffer> compressed = new ArrayList<>();
    private final List<EncodedBlock> plain = new ArrayList<>();
    private final PageCutter cutter = new PageCutter();
    private final ZstdCompressCtx zstd = new ZstdCompressCtx().setLevel(1);
    private final ZstdDecompressCtx unzstd = new ZstdDecompressCtx();
    private final ByteBuffer scratch =
            ByteBuffer.allocateDirect((int) Zstd.compressBound(PageCutter.MOST_BYTES));
    private final Sha256 together = new Sha256();
    private MessageDigest sha256;
    private BlockEncoder encoder;
    private BlockSealer sealer;

    @Setup(Level.Trial)
    public void make() throws IOException, GeneralSecurityException {
        fill();
        disk.get(0, heap);
        cutter.cut(disk, true, (offset, length) -> blocks.add(disk.slice(offset, length)));
        encoder = new BlockEncoder();
        for (ByteBuffer block : blocks) {
            int length = zstd.compressDirectByteBuffer(
                    scratch, 0, scratch.capacity(), block, 0, block.remaining());
            compressed.add(ByteBuffer.allocateDirect(length).put(scratch.slice(0, length)).flip());
            EncodedBlock encoded = encoder.encode(encoder.name(block), block);
            ByteBuffer kept = ByteBuffer.allocateDirect(encoded.storedLength());
            kept.put(encoded.stored().duplicate()).flip();
            plain.add(
                    new EncodedBlock(
                            encoded.name(), encoded.length(), encoded.codec(), encoded.checksum(),
                            kept));
        }
        sha256 = MessageDigest.getInstance("SHA-256");
        if (MultiBufferTrial.isPossible()) {
            MultiBufferTrial.hold(System::nanoTime);
        }
        var scope =
                new org.imageferry.domain.Scope(
                        new AccountId("1234567890123456"),
                        new RegionId("bench-kernels"),
                        Optional.of(new KeyVersion(new KeyId("00000000-0000-4000-8000-000000000001"), 1)));
        sealer =
                new BlockSealer(
                        new Seal.Keyed(ScopeKeys.derive(scope, new byte[ScopeKeys.KEY_BYTES])),
                        new SplittableRandom(1));
    }

    /// The first data of `-Dkernels.disk=FILE`, or else words and noise that compress about as a system's files
    /// do.
    private void fill() throws IOException {
        String file = System.getProperty("kernels.disk", "");
        if (!file.isEmpty()) {
            try (FileChannel in = FileChannel.open(Path.of(file))) {
                // behind boot record and file system tables
                in.read(disk, Math.min(in.size() / 4, 512L << 20));
            }
            disk.clear();
            return;
        }
        SplittableRandom random = new SplittableRandom(1);
        byte[] words = new byte[1 << 16];
        random.nextBytes(words);
        while (disk.hasRemaining()) {
            int length = Math.min(disk.remaining(), 8 + random.nextInt(64));
            int at = random.nextInt(random.nextInt(4) == 0 ? words.length - length : 2_000);
            disk.put(words, at, length);
        }
        disk.clear();
    }

    @Benchmark
    @OperationsPerInvocation(MIB)
    public int cut() {
        int[] count = {0};
        cutter.cut(disk, true, (_, _) -> count[0]++);
        return count[0];
    }

    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] sha256Direct() {
        blocks.forEach(block -> sha256.update(block.duplicate()));
        return sha256.digest();
    }

    /// Many blocks at once, where that is possible and faster.
    @Benchmark
    @OperationsPerInvocation(MIB)
    public int sha256Together() {
        return together.ofEach(blocks).size();
    }

    @Benchmark
    @OperationsPerInvocation(MIB)
    public byte[] sha256Heap() {
        sha256.update(heap);
        return sha256.digest();
    }

    @Benchmark
    @OperationsPerInvocation(MIB)
    public int zstdCompress() {
        int sum = 0;
        for (ByteBuffer block : blocks) {
            sum += zstd.compressDirectByteBuffer(
                    scratch, 0, scratch.capacity(), block, 0, block.remaining());
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(MIB)
    public int zstdDecompress() {
        int sum = 0;
        for (ByteBuffer block : compressed) {
            sum += unzstd.decompressDirectByteBuffer(
                    scratch, 0, scratch.capacity(), block, 0, block.remaining());
        }
        return sum;
    }

    /// Name, zstd, checksum: all that an import does to a new block.
    @Benchmark
    @OperationsPerInvocation(MIB)
    public int encode() {
        int sum = 0;
        for (ByteBuffer block : blocks) {
            sum += encoder.encode(encoder.name(block), block).storedLength();
        }
        return sum;
    }

    /// Key derivation, AES-256-GCM and checksum of the stored bytes.
    @Benchmark
    @OperationsPerInvocation(MIB)
    public int seal() {
        int sum = 0;
        for (EncodedBlock block : plain) {
            sum += sealer.seal(block).storedLength();
        }
        return sum;
    }
}
