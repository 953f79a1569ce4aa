package org.imageferry.format;

import java.nio.ByteBuffer;

/// Takes the bytes of an image file that is being made, in any order, each once. Any number of threads
/// may call. What it is never given is zero.
public interface FileSink {
    /// Takes nothing: what is written to it is only measured.
    FileSink NOWHERE = (_, _) -> {};

    /// @param content from its position to its limit; good until this returns
    void put(long offset, ByteBuffer content) throws Exception;
}
