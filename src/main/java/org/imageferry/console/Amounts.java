package org.imageferry.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Numbers as people read them. Times are in UTC, as those of the API.
final class Amounts {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Amounts() {}

    static String bytes(long bytes) {
        return bytes((double) bytes);
    }

    /// Three digits or so: `0 B`, `812 KiB`, `1.4 GiB`.
    static String bytes(double bytes) {
        double amount = Math.max(0, bytes);
        int unit = 0;
        while (amount >= 999.5 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        boolean whole = unit == 0 || amount >= 99.5;
        return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }

    static String rate(double bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /// Its two greatest units: `42 s`, `3 min 5 s`, `2 h 10 min`.
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min " + seconds % 60 + " s";
        }
        return seconds < 86_400
                ? seconds / 3_600 + " h " + seconds % 3_600 / 60 + " min"
                : seconds / 86_400 + " d " + seconds % 86_400 / 3_600 + " h";
    }

    static String at(Instant time) {
        return TIME.format(time);
    }

    /// `1 image`, `3 images`.
    static String count(long number, String one) {
        return number + " " + one + (number == 1 ? "" : "s");
    }

    static int percent(long part, long whole) {
        return whole <= 0 ? 0 : (int) Math.max(0, Math.min(100, (double) part * 100 / whole));
    }
}
