package org.imageferry.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.imageferry.format.DiskMap.Hole;
import org.imageferry.format.DiskMap.Packed;
import org.imageferry.format.DiskMap.Plain;
import org.imageferry.format.DiskMap.Run;
import org.imageferry.format.ImageFile.Stretch;

/// A disk that lies in its file as a map says.
final class MappedImage implements DiskImage {
    /// A gap between two stretches that is less is no gap: so a list of stretches is bounded, however
    /// small a format's clusters are.
    private static final int LEAST_GAP_BYTES = 4096;

    /// Of a shorter run, the file system is not asked for holes.
    private static final int LEAST_SPARSE_BYTES = 64 << 10;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(64 << 10).asReadOnlyBuffer();

    private final FormatFile file;
    private final long length;
    private final DiskMap map;
    private final LastUnpacked unpacked;

    MappedImage(FormatFile file, long length, DiskMap map) {
        this.file = file;
        this.length = length;
        this.map = map;
        this.unpacked = new LastUnpacked(file);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public List<Stretch> data(long from, long to) throws IOException {
        List<Stretch> data = new ArrayList<>();
        long end = Math.min(to, length);
        long at = from;
        while (at < end) {
            Run run = longest(at, end);
            switch (run) {
                case Hole _ -> {}
                case Packed packed -> add(data, at, packed.length());
                case Plain plain when plain.length() < LEAST_SPARSE_BYTES ->
                        add(data, at, plain.length());
                case Plain(long offset, long bytes) -> {
                    file.requireInside("data", offset, bytes);
                    for (Stretch stretch : file.data(offset, offset + bytes)) {
                        add(data, at + stretch.offset() - offset, stretch.length());
                    }
                }
            }
            at += run.length();
        }
        return data;
    }

    private static void add(List<Stretch> data, long offset, long length) {
        if (!data.isEmpty()) {
            Stretch last = data.getLast();
            if (offset - (last.offset() + last.length()) < LEAST_GAP_BYTES) {
                data.removeLast();
                data.add(new Stretch(last.offset(), offset + length - last.offset()));
                return;
            }
        }
        data.add(new Stretch(offset, length));
    }

    /// The run at `at`, with those after it that go on where it ends.
    private Run longest(long at, long end) throws IOException {
        Run run = map.at(at).upTo(end - at);
        long next = at + run.length();
        while (next < end) {
            Run more = map.at(next).upTo(end - next);
            if (run instanceof Hole(long first) && more instanceof Hole(long second)) {
                run = new Hole(first + second);
            } else if (run instanceof Plain(long offset, long first)
                    && more instanceof Plain(long then, long second)
                    && then == offset + first) {
                run = new Plain(offset, first + second);
            } else {
                return run;
            }
            next = at + run.length();
        }
        return run;
    }

    @Override
    public void read(long offset, ByteBuffer into) throws IOException {
        Objects.checkFromIndexSize(offset, into.remaining(), length);
        int limit = into.limit();
        long at = offset;
        while (into.hasRemaining()) {
            Run run = longest(at, at + into.remaining());
            into.limit(into.position() + (int) run.length());
            switch (run) {
                case Hole _ -> zero(into);
                case Plain plain -> file.read(plain.offset(), into);
                case Packed packed -> unpacked.read(packed.cluster(), packed.skip(), into);
            }
            into.limit(limit);
            at += run.length();
        }
    }

    static void zero(ByteBuffer into) {
        while (into.hasRemaining()) {
            into.put(ZEROS.slice(0, Math.min(ZEROS.capacity(), into.remaining())));
        }
    }
}
