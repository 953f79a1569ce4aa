package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.imageferry.catalog.TestClock;
import org.imageferry.ecs.Trail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuditLogTest {
    @TempDir private Path folder;

    private final TestClock clock = new TestClock();

    private Path file() {
        return folder.resolve("audit.log");
    }

    @Test
    void strangersCanNotFillIt() throws Exception {
        try (AuditLog log = new AuditLog(AuditFile.open(file()), false, clock)) {
            for (int i = 0; i < 100; i++) {
                log.note(stranger("LTAI" + i), 404, "InvalidAccessKeyId.NotFound");
            }
            clock.advance(Duration.ofSeconds(1));
            log.note(stranger("LTAI"), 404, "InvalidAccessKeyId.NotFound");
        }
        List<String> lines = Files.readAllLines(file());
        assertThat(lines).hasSize(21);
        assertThat(lines.getLast()).contains("\"leftOut\":80");
    }

    @Test
    void whatAStrangerSaysIsNoLineOfItsOwn() throws Exception {
        try (AuditLog log = new AuditLog(AuditFile.open(file()), false, clock)) {
            log.note(stranger("x\n{\"code\":\"OK\"}"), 404, "InvalidAccessKeyId.NotFound");
            log.note(new Trail("1", "127.0.0.1", "a\n" + "b".repeat(1_000)), 400, "MissingAction");
        }
        assertThat(Files.readAllLines(file()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).hasSizeLessThan(500))
                .first()
                .asString()
                .contains("\"accessKeyId\":\"?\"");
    }

    private static Trail stranger(String key) {
        Trail trail = new Trail("1", "192.0.2.1", "");
        trail.claims(key);
        return trail;
    }

    @Test
    void itBeginsAnewWhenItIsFullAndKeepsAFewOlderOnes() throws IOException {
        try (AuditFile file = new AuditFile(file(), 10)) {
            for (int i = 0; i < 30; i++) {
                file.write("line %2d\n".formatted(i));
            }
        }
        assertThat(Files.readString(file())).isEqualTo("line 29\n");
        assertThat(Files.readString(folder.resolve("audit.log.1"))).isEqualTo("line 28\n");
        assertThat(Files.readString(folder.resolve("audit.log.9"))).isEqualTo("line 20\n");
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(10);
        }
    }

    @Test
    void itGoesOnWhereItWas() throws Exception {
        try (AuditFile file = AuditFile.open(file())) {
            file.write("one\n");
        }
        try (AuditFile file = AuditFile.open(file())) {
            file.write("two\n");
        }
        assertThat(Files.readString(file())).isEqualTo("one\ntwo\n");
    }
}
