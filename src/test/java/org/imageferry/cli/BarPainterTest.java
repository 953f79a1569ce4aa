package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BarPainterTest {
    private static final BarState HALF =
            new BarState.Moving(50 << 20, 100 << 20, 25 << 20, Optional.of(Duration.ofSeconds(2)));

    private static String paint(boolean unicode, BarState state, int width) {
        return new BarPainter(unicode).paint("cn-shanghai", 12, state, width);
    }

    @Test
    void showsAllFiguresWhereThereIsRoom() {
        assertThat(paint(true, HALF, 110))
                .isEqualTo(
                        "cn-shanghai   ▕████████████████                ▏  50%  50.0 MiB of 100 MiB"
                                + "  25.0 MiB/s  0:02 left");
    }

    @Test
    void isPlainAsciiWhereTheTerminalKnowsNoMore() {
        assertThat(paint(false, HALF, 110))
                .isEqualTo(
                        "cn-shanghai   [================>               ]  50%  50.0 MiB of 100 MiB"
                                + "  25.0 MiB/s  0:02 left");
    }

    @Test
    void theLeastImportantFiguresGoFirst() {
        assertThat(paint(false, HALF, 72))
                .isEqualTo(
                        "cn-shanghai   [=========>        ]  50%  50.0 MiB of 100 MiB  25.0 MiB/s");
        assertThat(paint(false, HALF, 60))
                .isEqualTo("cn-shanghai   [=========>        ]  50%  50.0 MiB of 100 MiB");
        assertThat(paint(false, HALF, 35)).isEqualTo("cn-shanghai   [=======>      ]  50%");
        assertThat(paint(false, HALF, 25)).isEqualTo("cn-shanghai    50%");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10, 17, 30, 31, 40, 50, 60, 70, 80, 90, 100, 200})
    void neverTakesMoreThanTheTerminalHas(int width) {
        for (boolean unicode : new boolean[] {true, false}) {
            assertThat(paint(unicode, HALF, width).length()).isLessThanOrEqualTo(width);
            assertThat(paint(unicode, new BarState.Waiting(12), width).length())
                    .isLessThanOrEqualTo(width);
        }
    }

    @Test
    void growsByEighthsOfACharacter() {
        BarState state = new BarState.Moving(1, 256, 0, Optional.empty());

        assertThat(paint(true, state, 110)).startsWith("cn-shanghai   ▕▏   ");
    }

    @Test
    void aFullBarIsFullAndNoMore() {
        BarState over = new BarState.Moving(300, 256, 0, Optional.empty());

        assertThat(paint(false, over, 110)).contains("[" + "=".repeat(32) + "] 100%");
        assertThat(paint(true, over, 110)).contains("▕" + "█".repeat(32) + "▏ 100%");
    }

    @Test
    void anUnknownTotalIsNoneDone() {
        BarState unknown = new BarState.Moving(5, 0, 0, Optional.empty());

        assertThat(paint(false, unknown, 110))
                .isEqualTo("cn-shanghai   [>                               ]   0%");
    }

    @Test
    void aWaitingOneSaysHowManyAreBeforeIt() {
        assertThat(paint(true, new BarState.Waiting(3), 80))
                .isEqualTo("cn-shanghai   waiting, 2 in the queue before it");
        assertThat(paint(true, new BarState.Waiting(1), 80)).isEqualTo("cn-shanghai   waiting");
    }

    @Test
    void anEndIsMarked() {
        assertThat(paint(true, new BarState.Ended(true, "done"), 80))
                .isEqualTo("cn-shanghai   ✓ done");
        assertThat(paint(false, new BarState.Ended(false, "failed: why"), 80))
                .isEqualTo("cn-shanghai   FAILED failed: why");
    }
}
