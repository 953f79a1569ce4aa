package org.imageferry.blocks;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Direct memory for intermediate results, made when first needed: many never are. For one thread.
///
/// It is given back when closed. What waits for the collector of garbage instead waits long where there is little
/// garbage, and the parts of a large disk would leave hundreds of MiB.
public final class ScratchBuffer implements AutoCloseable {
    private final int bytes;
    private final Arena arena = Arena.ofConfined();
    private @Nullable ByteBuffer buffer;

    public ScratchBuffer(int bytes) {
        this.bytes = bytes;
    }

    /// The memory, all of it, whatever was in it; nobody's any more once this is closed.
    public ByteBuffer clear() {
        ByteBuffer made = buffer;
        if (made == null) {
            made = arena.allocate(bytes).asByteBuffer();
            buffer = made;
        }
        return made.clear();
    }

    @Override
    public void close() {
        arena.close();
    }
}
