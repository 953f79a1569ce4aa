package org.imageferry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A file as it was at one moment, so that a change of it can be noticed without reading it.
///
/// @param changed when its content or its attributes were changed last, where the file system tells
record FileState(String name, long length, FileTime modified, String changed) {
    private static final int MOST_NAME = 80;
    private static final int HASH_CHARS = 16;

    static FileState of(Path file) throws IOException {
        return new FileState(
                file.toAbsolutePath().getFileName().toString(),
                Files.size(file),
                Files.getLastModifiedTime(file),
                changed(file));
    }

    private static String changed(Path file) throws IOException {
        try {
            return Files.getAttribute(file, "unix:ctime", LinkOption.NOFOLLOW_LINKS).toString();
        } catch (UnsupportedOperationException | IllegalArgumentException _) {
            return "";
        }
    }

    /// A name for the object that the file is uploaded to: the same for the same state, so that an
    /// upload which broke off can go on, and another for any other. What is below `uploads/` goes when it
    /// has been imported.
    String key() {
        String kept = name.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.]+", "_");
        String hash = hash(name + '\n' + length + '\n' + modified + '\n' + changed);
        return "uploads/" + kept.substring(0, Math.min(MOST_NAME, kept.length())) + "-" + hash;
    }

    private static String hash(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] digest = sha.digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
