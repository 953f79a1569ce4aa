package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @Test
    void anAddressIsReadAsItIsWritten() {
        assertThat(PostgresAddress.parse("postgresql://ferry@db.example.org/images"))
                .contains(
                        new PostgresAddress(
                                List.of(new PostgresAddress.Host("db.example.org", 5432)),
                                "images",
                                "ferry",
                                Map.of(),
                                Optional.empty()));
        assertThat(
                        PostgresAddress.parse(
                                "postgresql://f%40rry@one:6432,[::1]/a%20b?sslmode=verify-full&sslrootcert=/ca.crt"))
                .contains(
                        new PostgresAddress(
                                List.of(
                                        new PostgresAddress.Host("one", 6432),
                                        new PostgresAddress.Host("[::1]", 5432)),
                                "a b",
                                "f@rry",
                                Map.of("sslmode", "verify-full", "sslrootcert", "/ca.crt"),
                                Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mysql://ferry@db/images",
                "postgresql://db/images",
                "postgresql://ferry@db",
                "postgresql://ferry@/images",
                "postgresql://ferry@db:port/images",
                "postgresql://ferry@db:99999/images",
                "postgresql://ferry@one,,two/images",
                "postgresql://ferry@db/images?options=-cfsync%3Doff",
                "postgresql://ferry:secret@db/images",
            })
    void anythingElseIsNone(String text) {
        assertThat(PostgresAddress.parse(text)).isEmpty();
    }

    @Test
    void aPasswordIsNoticedAndNeverShown() {
        assertThat(PostgresAddress.hasPassword("postgresql://ferry:secret@db/images")).isTrue();
        assertThat(PostgresAddress.hasPassword("postgresql://ferry@db/images?password=secret"))
                .isTrue();
        assertThat(PostgresAddress.hasPassword("postgresql://ferry@db:5432/images")).isFalse();
        assertThat(
                        PostgresAddress.parse("postgresql://ferry@db/images")
                                .orElseThrow()
                                .with("secret"))
                .hasToString("postgresql://ferry@db:5432/images");
    }
}
