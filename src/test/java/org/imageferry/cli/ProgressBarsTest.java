package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ProgressBarsTest {
    private static final BarState HALF = new BarState.Moving(50, 100, 0, Optional.empty());
    private static final BarState DONE = new BarState.Ended(true, "done in 1.0 s");

    private CommandLineScene scene;

    @BeforeEach
    void begin() throws IOException {
        scene = new CommandLineScene();
    }

    @AfterEach
    void end() {
        scene.close();
    }

    @Test
    void whereNobodyLooksThereIsALineAtTheBeginningAndOneAtTheEnd() {
        try (ProgressBars bars = new ProgressBars(scene.surroundings(), List.of("a", "b"))) {
            bars.show(0, new BarState.Waiting(2));
            bars.show(1, HALF);
            bars.show(0, HALF);
            bars.show(0, DONE);
            bars.show(1, DONE);
        }

        assertThat(scene.err())
                .isEqualTo(
                        """
                        a: waiting, 1 in the queue before it
                        b: started
                        a: done in 1.0 s
                        b: done in 1.0 s
                        """);
    }

    @Test
    void barsAreRedrawnInPlace() {
        scene.onATerminal();
        try (ProgressBars bars = new ProgressBars(scene.surroundings(), List.of("a", "bb"))) {
            bars.show(0, new BarState.Waiting(0));
            bars.show(1, new BarState.Waiting(0));
            bars.show(0, DONE);
        }

        String both = "\ra   ✓ done in 1.0 s\u001b[K\n\rbb  waiting\u001b[K\n";
        assertThat(scene.err())
                .isEqualTo(
                        "\ra   waiting\u001b[K\n"
                                + "\u001b[1A\ra   waiting\u001b[K\n\rbb  waiting\u001b[K\n"
                                + ("\u001b[2A" + both));
    }

    @Test
    void drawsNoMoreThanTenTimesASecond() {
        scene.onATerminal();
        Surroundings surroundings = scene.surroundings();
        try (ProgressBars bars = new ProgressBars(surroundings, List.of("a"))) {
            bars.show(0, HALF);
            int once = scene.err().length();
            bars.show(0, HALF);
            assertThat(scene.err()).hasSize(once);
            surroundings.interruption().rest(java.time.Duration.ofMillis(100));
            bars.show(0, HALF);
            assertThat(scene.err().length()).isGreaterThan(once);
        }
    }
}
