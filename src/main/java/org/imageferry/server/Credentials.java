package org.imageferry.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.imageferry.settings.StartException;

/// The first access key: its id, and the secret with which its owner signs requests.
public record Credentials(String accessKeyId, String secret) {
    private static final String ID_VARIABLE = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String SECRET_VARIABLE = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private static final String ID_LINE = "AccessKeyId=";
    private static final String SECRET_LINE = "AccessKeySecret=";

    /// Visible ASCII, so that both survive headers, files and shells.
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    private static final String ID_START = "LTAI";
    private static final int ID_LETTERS = 20;
    private static final int SECRET_LETTERS = 30;
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// What the environment gives; else what the file holds; else new ones, which the file then holds.
    /// A file is made at most once, and given ones are written nowhere.
    ///
    /// @param file readable by its owner only
    /// @throws StartException if the environment gives half a pair, or the file is not ours
    public static Credentials find(
            Map<String, String> environment, Path file, RandomGenerator random)
            throws StartException {
        String id = environment.getOrDefault(ID_VARIABLE, "");
        String secret = environment.getOrDefault(SECRET_VARIABLE, "");
        if (id.isEmpty() != secret.isEmpty()) {
            throw new StartException(
                    "only one of %s and %s is set: set both, or none to have a pair made"
                            .formatted(ID_VARIABLE, SECRET_VARIABLE));
        }
        if (!id.isEmpty()) {
            return given(id, secret);
        }
        try {
            return Files.exists(file) ? read(file) : make(file, random);
        } catch (IOException e) {
            throw new StartException("can't keep credentials in " + file + ": " + e, e);
        }
    }

    private static Credentials given(String id, String secret) throws StartException {
        if (!FORM.matcher(id).matches() || !FORM.matcher(secret).matches()) {
            throw new StartException(
                    "%s and %s must each be 1 to 128 visible ASCII characters"
                            .formatted(ID_VARIABLE, SECRET_VARIABLE));
        }
        return new Credentials(id, secret);
    }

    private static Credentials read(Path file) throws IOException, StartException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() < 2
                || !lines.get(0).startsWith(ID_LINE)
                || !lines.get(1).startsWith(SECRET_LINE)) {
            throw new StartException(
                    "credentials file %s does not have the two lines %s… and %s…: put it back as it was, or delete it to have a pair made"
                            .formatted(file, ID_LINE, SECRET_LINE));
        }
        return new Credentials(
                lines.get(0).substring(ID_LINE.length()).strip(),
                lines.get(1).substring(SECRET_LINE.length()).strip());
    }

    private static Credentials make(Path file, RandomGenerator random) throws IOException {
        Credentials made =
                new Credentials(
                        ID_START + letters(random, ID_LETTERS), letters(random, SECRET_LETTERS));
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        String text = ID_LINE + made.accessKeyId + "\n" + SECRET_LINE + made.secret + "\n";
        Files.writeString(fresh, text, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.resolveSibling("."))) {
            folder.force(true);
        }
        return made;
    }

    private static String letters(RandomGenerator random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "Credentials[" + accessKeyId + ", ***]";
    }
}
