package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.cli.Interruption.Guard;
import org.junit.jupiter.api.Test;

final class ProcessInterruptionTest {
    private final List<String> ran = new ArrayList<>();
    private final ProcessInterruption interruption =
            new ProcessInterruption(() -> ran.add("ended with 0"));

    @Test
    void whatWasSetLastRunsFirst() {
        try (Guard _ = interruption.onInterrupt(() -> ran.add("outer"));
                Guard _ = interruption.onInterrupt(() -> ran.add("inner"))) {
            interruption.interrupt();
        }

        assertThat(ran).containsExactly("inner", "outer");
        assertThat(interruption.happened()).isTrue();
    }

    @Test
    void whatIsOverDoesNotRun() {
        try (Guard _ = interruption.onInterrupt(() -> ran.add("over"))) {
            assertThat(interruption.happened()).isFalse();
        }
        interruption.interrupt();

        assertThat(ran).isEmpty();
    }

    @Test
    void aCommandThatWakesUpByItStillGetsItsLastWords() {
        Guard command = interruption.onInterrupt(() -> ran.add("last words"));
        try (Guard _ = interruption.onInterrupt(command::close)) {
            interruption.interrupt();
        }

        assertThat(ran).containsExactly("last words");
    }

    @Test
    void whatIsMeantToEndSoEndsWellAfterTheLastWords() {
        try (Guard _ = interruption.endsWell();
                Guard _ = interruption.onInterrupt(() -> ran.add("last words"))) {
            interruption.interrupt();
        }

        assertThat(ran).containsExactly("last words", "ended with 0");
    }

    @Test
    void afterThatItEndsAsASignalDoes() {
        interruption.endsWell().close();

        interruption.interrupt();

        assertThat(ran).isEmpty();
    }

    @Test
    void nobodyRestsAfterIt() {
        interruption.interrupt();

        interruption.rest(Duration.ofDays(1));

        assertThat(interruption.happened()).isTrue();
    }
}
