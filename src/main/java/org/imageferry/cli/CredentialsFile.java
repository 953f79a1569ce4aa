package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.imageferry.ecs.client.Credentials;

/// Finds the access key to sign with: in the environment, as Alibaba Cloud's own tools do, else in the
/// file `credentials` of the server's data folder.
///
/// That file has two lines, `AccessKeyId=…` and `AccessKeySecret=…`, and only its owner may read it.
final class CredentialsFile {
    private static final String ID = "ALIBABA_CLOUD_ACCESS_KEY_ID";
    private static final String SECRET = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";
    private static final long MOST_BYTES = 4096;

    private CredentialsFile() {}

    static Credentials find(Map<String, String> environment, Path folder) throws CommandFailure {
        String id = environment.getOrDefault(ID, "");
        String secret = environment.getOrDefault(SECRET, "");
        if (id.isEmpty() != secret.isEmpty()) {
            throw new CommandFailure(
                    "only one of %s and %s is set; set both, or neither".formatted(ID, SECRET));
        }
        return id.isEmpty() ? read(folder.resolve("credentials")) : new Credentials(id, secret);
    }

    private static Credentials read(Path file) throws CommandFailure {
        if (!Files.exists(file)) {
            throw new CommandFailure(
                    "there are no credentials: %s and %s are not set, and there is no file %s; name the server's data folder with --data"
                            .formatted(ID, SECRET, file));
        }
        try {
            refuseOpenToOthers(file);
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailure(file + " is too long to hold just an access key");
            }
            Map<String, String> values = new HashMap<>();
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0) {
                    values.put(
                            line.substring(0, equals).strip(), line.substring(equals + 1).strip());
                }
            }
            return new Credentials(
                    values.getOrDefault("AccessKeyId", ""),
                    values.getOrDefault("AccessKeySecret", ""));
        } catch (IOException e) {
            throw new CommandFailure("can't read " + file + ": " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    file + " lacks one of the lines AccessKeyId=… and AccessKeySecret=…", e);
        }
    }

    private static void refuseOpenToOthers(Path file) throws IOException, CommandFailure {
        Set<PosixFilePermission> permissions;
        try {
            permissions = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException _) {
            return; // a file system without such permissions has no others either
        }
        boolean open = permissions.stream().anyMatch(p -> !p.name().startsWith("OWNER_"));
        if (open) {
            throw new CommandFailure(
                    "%s may be read or changed by others; close it with: chmod 600 %s"
                            .formatted(file, file));
        }
    }
}
