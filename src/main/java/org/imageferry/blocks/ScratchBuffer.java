package org.imageferry.blocks;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Direct memory for intermediate results, made when first needed: many never are. One per thread.
final class ScratchBuffer {
    private final int bytes;
    private @Nullable ByteBuffer buffer;

    ScratchBuffer(int bytes) {
        this.bytes = bytes;
    }

    /// The memory, all of it, whatever was in it.
    ByteBuffer clear() {
        ByteBuffer made = buffer;
        if (made == null) {
            made = ByteBuffer.allocateDirect(bytes);
            buffer = made;
        }
        return made.clear();
    }
}
