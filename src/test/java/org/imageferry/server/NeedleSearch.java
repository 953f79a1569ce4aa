package org.imageferry.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks for many short byte strings in all bytes of a folder's files.
final class NeedleSearch {
    private static final int KEY_BYTES = Long.BYTES;

    private static final int MOST_LOOKS = 20;

    /// By their first eight bytes.
    private final Map<Long, List<byte[]>> needles = new HashMap<>();

    /// @param needle of eight bytes at least
    NeedleSearch add(byte[] needle) {
        needles.computeIfAbsent(ByteBuffer.wrap(needle).getLong(), _ -> new ArrayList<>())
                .add(needle.clone());
        return this;
    }

    /// The bytes as they are, and as text in hexadecimal.
    NeedleSearch addWithHex(byte[] needle) {
        return add(needle)
                .add(HexFormat.of().formatHex(needle).getBytes(StandardCharsets.US_ASCII));
    }

    /// Files below any of these that have one of the needles. A server at work may move a file meanwhile; then it
    /// looks again, so that none is overlooked.
    Collection<Path> in(Path... roots) throws IOException {
        for (int i = 1; i < MOST_LOOKS; i++) {
            try {
                return look(roots);
            } catch (NoSuchFileException | UncheckedIOException _) {
                // it was moved
            }
        }
        return look(roots);
    }

    private Collection<Path> look(Path... roots) throws IOException {
        Collection<Path> found = new TreeSet<>();
        for (Path root : roots) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (has(Files.readAllBytes(file))) {
                        found.add(file);
                    }
                }
            }
        }
        return found;
    }

    private boolean has(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        for (int at = 0; at + KEY_BYTES <= bytes.length; at++) {
            for (byte[] needle : needles.getOrDefault(buffer.getLong(at), List.of())) {
                if (at + needle.length <= bytes.length
                        && buffer.slice(at, needle.length).equals(ByteBuffer.wrap(needle))) {
                    return true;
                }
            }
        }
        return false;
    }
}
