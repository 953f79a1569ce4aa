package org.imageferry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogPlaceTest {
    private static final String ADDRESS = "postgresql://ferry@db.example.org/images";

    @TempDir private Path folder;

    private static PostgresAddress address(CatalogPlace place) {
        return place instanceof CatalogPlace.Postgres(PostgresAddress address)
                ? address
                : PostgresAddress.parse("postgresql://none@none/none").orElseThrow();
    }

    private static CatalogPlace set(String text) throws StartException {
        return SettingsReader.parse("settings.yaml", "catalog: " + text).catalog();
    }

    @Test
    void itIsEmbeddedUnlessSomethingElseIsSaid() throws StartException {
        assertThat(Settings.DEFAULTS.catalog()).isEqualTo(new CatalogPlace.Embedded());
        assertThat(set("embedded")).isEqualTo(new CatalogPlace.Embedded());
        assertThat(set(ADDRESS))
                .isEqualTo(new CatalogPlace.Postgres(PostgresAddress.parse(ADDRESS).orElseThrow()));
    }

    @Test
    void theEnvironmentComesFirst() throws StartException {
        Map<String, String> environment = Map.of("IMAGEFERRY_CATALOG", ADDRESS);
        assertThat(Settings.DEFAULTS.in(environment).catalog()).isEqualTo(set(ADDRESS));
        assertThat(set(ADDRESS).in(Map.of("IMAGEFERRY_CATALOG", "embedded")))
                .isEqualTo(new CatalogPlace.Embedded());
        assertThat(set(ADDRESS).in(Map.of())).isEqualTo(set(ADDRESS));
    }

    @Test
    void aPasswordComesFromAVariableOrAFile() throws StartException, IOException {
        assertThat(
                        address(set(ADDRESS).in(Map.of("IMAGEFERRY_CATALOG_PASSWORD", "one")))
                                .password())
                .contains("one");
        Path file = Files.writeString(folder.resolve("password"), "two\n");
        Map<String, String> both =
                Map.of(
                        "IMAGEFERRY_CATALOG_PASSWORD",
                        "one",
                        "IMAGEFERRY_CATALOG_PASSWORD_FILE",
                        file.toString());
        CatalogPlace place = set(ADDRESS).in(both);
        assertThat(address(place).password()).isEqualTo(Optional.of("two"));
        assertThat(place.toString()).doesNotContain("two");
        Map<String, String> gone = Map.of("IMAGEFERRY_CATALOG_PASSWORD_FILE", "/no/such/file");
        assertThatThrownBy(() -> set(ADDRESS).in(gone))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("can't read the file /no/such/file");
    }

    @Test
    void aPasswordInAnAddressIsRefusedAndNotRepeated() {
        String open = "postgresql://ferry:s3cret@db/images";
        assertThatThrownBy(() -> set(open))
                .hasMessageContaining("settings.yaml, line 1: 'catalog' must not have a password")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() -> Settings.DEFAULTS.in(Map.of("IMAGEFERRY_CATALOG", open)))
                .hasMessageContaining("IMAGEFERRY_CATALOG must not have a password")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatIsNoAddressIsRefused() {
        assertThatThrownBy(() -> set("mysql://db"))
                .hasMessageContaining("'catalog' must be embedded or postgresql://USER@HOST");
        assertThatThrownBy(() -> Settings.DEFAULTS.in(Map.of("IMAGEFERRY_CATALOG", "db")))
                .hasMessageContaining("IMAGEFERRY_CATALOG must be embedded or postgresql://");
    }
}
