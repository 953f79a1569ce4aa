package org.imageferry.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where the server's certificate is.
///
/// @param certificate PEM: the server's own first, then those that lead from it to an authority
/// @param key PEM: the private key, not encrypted, as PKCS #8
public record TlsSettings(Path certificate, Path key) {
    static final List<String> KEYS = List.of("certificate", "key");

    private static final String FILE_FORM = "a file; its folder is that of the settings";

    static Optional<TlsSettings> read(YamlSection settings) throws StartException {
        if (!settings.has("tls")) {
            return Optional.empty();
        }
        YamlSection section = settings.section("tls", KEYS);
        return Optional.of(new TlsSettings(file(section, "certificate"), file(section, "key")));
    }

    private static Path file(YamlSection section, String key) throws StartException {
        Optional<Path> file = section.file(key, FILE_FORM);
        if (file.isEmpty()) {
            throw section.problem(key, "'tls' needs a '" + key + "': " + FILE_FORM);
        }
        return file.get();
    }
}
