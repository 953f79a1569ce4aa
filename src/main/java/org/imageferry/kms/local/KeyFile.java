package org.imageferry.kms.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/// The file of a master key: 64 hexadecimal digits and a line feed, mode 0600.
record KeyFile(Path path) {
    private static final int KEY_BYTES = 32;
    private static final int MOST_FILE_BYTES = 2 * KEY_BYTES + 2;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    /// Nobody else may make the file at the same time: the data folder's lock sees to that.
    byte[] openOrCreate(SecureRandom random) throws IOException {
        if (Files.exists(path)) {
            return read();
        }
        byte[] key = makeNext(random);
        replaceByNext();
        return key;
    }

    /// The file of the key that is to come after this one.
    KeyFile next() {
        return new KeyFile(path.resolveSibling(path.getFileName() + ".new"));
    }

    byte[] read() throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_"))) {
            throw new IOException(
                    "master key file %s is open to others (%s): run chmod 600 on it, and take its key for known to them"
                            .formatted(path, PosixFilePermissions.toString(permissions)));
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] text = in.readNBytes(MOST_FILE_BYTES);
            byte[] key =
                    HexFormat.of().parseHex(new String(text, StandardCharsets.US_ASCII).strip());
            if (key.length == KEY_BYTES) {
                return key;
            }
            throw malformed();
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
    }

    /// The parser's own words are left out: they quote the text, and that may be most of a key.
    private IOException malformed() {
        return new IOException(
                "master key file %s is not %d hexadecimal digits: put the right one back from a backup, for what it wrapped can't be read without it"
                        .formatted(path, 2 * KEY_BYTES));
    }

    /// Makes a key and its file [#next], in place of one that is there. It is durable before anything is
    /// wrapped with it.
    byte[] makeNext(SecureRandom random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        Path fresh = next().path();
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        String text = HexFormat.of().formatHex(key) + "\n";
        Files.writeString(fresh, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        forceFolder();
        return key;
    }

    /// [#next] takes this file's place.
    void replaceByNext() throws IOException {
        Files.move(next().path(), path, StandardCopyOption.ATOMIC_MOVE);
        forceFolder();
    }

    private void forceFolder() throws IOException {
        try (FileChannel folder = FileChannel.open(path.resolveSibling("."))) {
            folder.force(true);
        }
    }
}
