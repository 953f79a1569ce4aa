package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `logback.xml` makes of a log event.
final class LogTest {
    private static final Logger LOG = LoggerFactory.getLogger(LogTest.class);

    /// The other tests are told warnings only.
    @BeforeEach
    void tellAll() {
        ((ch.qos.logback.classic.Logger) LOG).setLevel(Level.INFO);
    }

    @Test
    void anEventIsOneLineWithItsFacts() {
        String line =
                logged(() ->
                        LOG.atInfo()
                                .addKeyValue("image", "m-1")
                                .addKeyValue("region", "eu-central-1")
                                .log("copy started"));
        assertThat(line)
                .matches(
                        "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO  "
                                + "copy started image=\"m-1\" region=\"eu-central-1\" \\[LogTest]\\R");
    }

    @Test
    void nobodyCanForgeALine() {
        String text = "x\n2026-01-01T00:00:00.000Z ERROR forged\r\nmore";
        String logged = logged(() -> LOG.atWarn().addKeyValue("name", text).log("odd name"));
        assertThat(logged.lines()).hasSize(1);
    }

    @Test
    void detailsAndWhatLibrariesTellAreLeftOut() {
        assertThat(logged(() -> LOG.debug("detail"))).isEmpty();
        assertThat(logged(() -> LoggerFactory.getLogger("org.flywaydb.core").info("hello")))
                .isEmpty();
    }

    private static String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
