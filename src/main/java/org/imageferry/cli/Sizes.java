package org.imageferry.cli;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Numbers of bytes and lengths of time, as people read them.
final class Sizes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB");
    private static final int STEP = 1024;

    private Sizes() {}

    /// Three digits and a binary unit: `929 MiB`, `1.25 GiB`.
    static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < UNITS.size() - 1) {
            value /= STEP;
            unit++;
        }
        String number = unit == 0 ? Long.toString(bytes) : threeDigits(value);
        return number + " " + UNITS.get(unit);
    }

    private static String threeDigits(double value) {
        int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    static String rate(double bytesPerSecond) {
        return bytes(Math.round(bytesPerSecond)) + "/s";
    }

    /// `0.42 s`, `3.2 s`, `1:05`, `2:03:04`.
    static String time(Duration time) {
        double seconds = time.toMillis() / 1000.0;
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, seconds < 0.995 ? "%.2f s" : "%.1f s", seconds);
        }
        return clock(time);
    }

    /// Minutes and whole seconds: `0:07`, `1:05`, `2:03:04`.
    static String clock(Duration time) {
        return time.toHours() > 0
                ? String.format(
                        Locale.ROOT,
                        "%d:%02d:%02d",
                        time.toHours(),
                        time.toMinutesPart(),
                        time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
