package org.imageferry.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.imageferry.ecs.Sha256;

/// The console's style, script and icon. All are our own: nothing is loaded from anywhere else.
final class StaticFiles {
    private static final Map<String, String> TYPES =
            Map.of(
                    "console.css", "text/css;charset=utf-8",
                    "console.js", "text/javascript;charset=utf-8",
                    "upload.js", "text/javascript;charset=utf-8",
                    "icon.svg", "image/svg+xml");
    private final Map<String, Reply> files = new TreeMap<>();

    StaticFiles() {
        TYPES.forEach((name, type) -> files.put(name, file(name, type)));
    }

    /// @param known the tag of the version that the browser has; may be empty
    Optional<Reply> find(String name, String known) {
        return Optional.ofNullable(files.get(name))
                .map(file ->
                        known.equals(file.headers().get("ETag"))
                                ? new Reply(304, file.contentType(), file.headers(), "")
                                : file);
    }

    private static Reply file(String name, String type) {
        String text = read(name);
        // asked again each time, so that a new program's pages never meet an old one's style
        return new Reply(
                200,
                type,
                Map.of("ETag", "\"" + digest(text) + "\"", "Cache-Control", "no-cache"),
                text);
    }

    private static String read(String name) {
        try (InputStream in = StaticFiles.class.getResourceAsStream("/console/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program has no file console/" + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Enough of it to tell one version from another.
    private static String digest(String text) {
        return Sha256.of(text).toString().substring(0, 16);
    }
}
