package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 0.98 KiB",
        "1024, 1.00 KiB",
        "974127104, 929 MiB",
        "1048575, 1.00 MiB",
        "13003391, 12.4 MiB",
        "4398046511104, 4.00 TiB",
        "9223372036854775807, 8192 PiB",
    })
    void bytesHaveThreeDigitsAndABinaryUnit(long bytes, String text) {
        assertThat(Sizes.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0.00 s",
        "PT0.994S, 0.99 s",
        "PT0.995S, 1.0 s",
        "PT59.94S, 59.9 s",
        "PT59.95S, 0:59",
        "PT65S, 1:05",
        "PT2H3M4S, 2:03:04",
    })
    void timesGetCoarserAsTheyGetLonger(Duration time, String text) {
        assertThat(Sizes.time(time)).isEqualTo(text);
    }
}
