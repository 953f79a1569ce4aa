package org.imageferry.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.jdbc.PostgresAddress;

/// Where the catalog is kept.
public sealed interface CatalogPlace {
    String VARIABLE = "IMAGEFERRY_CATALOG";
    String PASSWORD_VARIABLE = "IMAGEFERRY_CATALOG_PASSWORD";
    String PASSWORD_FILE_VARIABLE = "IMAGEFERRY_CATALOG_PASSWORD_FILE";

    /// In the setting and the variable: the catalog of the data folder.
    String EMBEDDED = "embedded";

    /// What the setting and the variable may be, in words.
    String FORM = EMBEDDED + " or " + PostgresAddress.FORM;

    int MOST_PASSWORD_BYTES = 4096;

    /// In the data folder.
    record Embedded() implements CatalogPlace {}

    /// In a database that other nodes may use as well.
    record Postgres(PostgresAddress address) implements CatalogPlace {}

    /// @return nothing if the text is none of [#FORM]
    static Optional<CatalogPlace> parse(String text) {
        return text.equals(EMBEDDED)
                ? Optional.of(new Embedded())
                : PostgresAddress.parse(text).map(Postgres::new);
    }

    /// Why the text is refused although it may look right. Does not repeat it.
    static Optional<String> forbidden(String text) {
        return PostgresAddress.hasPassword(text)
                ? Optional.of(
                        "must not have a password in it: put that into the variable "
                                + PASSWORD_VARIABLE
                                + ", or into a file that "
                                + PASSWORD_FILE_VARIABLE
                                + " names")
                : Optional.empty();
    }

    /// What the environment says instead of the settings, with the password that it gives.
    ///
    /// @throws StartException if it says what is not allowed
    default CatalogPlace in(Map<String, String> environment) throws StartException {
        String text = environment.getOrDefault(VARIABLE, "");
        Optional<String> forbidden = forbidden(text);
        if (forbidden.isPresent()) {
            throw new StartException(VARIABLE + " " + forbidden.get());
        }
        Optional<CatalogPlace> place = text.isEmpty() ? Optional.of(this) : parse(text);
        if (place.isEmpty()) {
            throw new StartException(VARIABLE + " must be " + FORM + ", not '" + text + "'");
        }
        Optional<String> password = password(environment);
        return place.get() instanceof Postgres(PostgresAddress address) && password.isPresent()
                ? new Postgres(address.with(password.get()))
                : place.get();
    }

    private static Optional<String> password(Map<String, String> environment)
            throws StartException {
        String file = environment.getOrDefault(PASSWORD_FILE_VARIABLE, "");
        if (file.isEmpty()) {
            return Optional.ofNullable(environment.get(PASSWORD_VARIABLE))
                    .filter(it -> !it.isEmpty());
        }
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MOST_PASSWORD_BYTES) {
                throw new StartException(
                        "the file " + file + " of " + PASSWORD_FILE_VARIABLE + " is no password");
            }
            return Files.readString(path).lines().findFirst();
        } catch (IOException e) {
            throw new StartException(
                    "can't read the file " + file + " of " + PASSWORD_FILE_VARIABLE + ": " + e, e);
        }
    }
}
