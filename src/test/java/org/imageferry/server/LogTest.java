package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/// What `logback.xml` makes of a log event.
final class LogTest {
    private final LoggerContext logback = new LoggerContext();
    private final Logger log = logback.getLogger(LogTest.class);

    @Test
    void anEventIsOneLineWithItsFacts() {
        String line =
                logged(() ->
                        log.atInfo()
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
        String logged = logged(() -> log.atWarn().addKeyValue("name", text).log("odd name"));
        assertThat(logged.lines()).hasSize(1);
    }

    @Test
    void detailsAndWhatLibrariesTellAreLeftOut() {
        assertThat(logged(() -> log.debug("detail"))).isEmpty();
        assertThat(logged(() -> logback.getLogger("org.flywaydb.core").info("hello"))).isEmpty();
    }

    /// Not the configuration of the tests, but the program's own.
    private String logged(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(logback);
            configurator.doConfigure(LogTest.class.getResource("/logback.xml"));
            work.run();
        } catch (JoranException e) {
            throw new AssertionError("logback.xml is not understood", e);
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
