package org.imageferry.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.imageferry.ecs.client.BucketClient;

/// A copy of a disk image, holes and all, with a few pages overwritten here and there: what a
/// configuration change leaves behind.
final class PatchedCopy {
    static final int PATCHES = 16;
    private static final int PATCH_BYTES = 4096;
    private static final int WINDOW_BYTES = BucketClient.MOST_EXTENT_BYTES;

    private PatchedCopy() {}

    static void write(Path from, Path to) throws IOException {
        try (SparseFile source = new SparseFile(from);
                FileChannel copy =
                        FileChannel.open(
                                to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long every = Math.max(1, source.dataBytes() / PATCHES);
            long seen = 0;
            for (long at = 0; at < source.length(); at += WINDOW_BYTES) {
                for (SparseFile.Piece piece : source.pieces(at, at + WINDOW_BYTES)) {
                    boolean patched = seen / every != (seen + piece.bytes().length) / every;
                    seen += piece.bytes().length;
                    if (patched) {
                        patch(piece.bytes());
                    }
                    write(copy, piece.offset(), ByteBuffer.wrap(piece.bytes()));
                }
            }
            if (copy.size() < source.length()) {
                write(copy, source.length() - 1, ByteBuffer.allocate(1));
            }
        }
    }

    private static void patch(byte[] piece) {
        byte[] line = "changed in generation 2\n".getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < Math.min(PATCH_BYTES, piece.length); at++) {
            piece[at] = line[at % line.length];
        }
    }

    private static void write(FileChannel channel, long offset, ByteBuffer bytes)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, offset + bytes.position());
        }
    }
}
