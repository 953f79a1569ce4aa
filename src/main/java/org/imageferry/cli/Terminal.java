package org.imageferry.cli;

import java.util.Locale;
import java.util.Map;
import java.util.function.IntSupplier;

/// What standard error can show.
///
/// @param present whether anybody looks: no progress is drawn otherwise
/// @param unicode whether it can show more than ASCII
/// @param columns asked at each drawing, since windows change
public record Terminal(boolean present, boolean unicode, boolean colours, IntSupplier columns) {
    private static final int USUAL_COLUMNS = 80;

    /// The terminal of this process.
    static Terminal ofProcess(Map<String, String> environment) {
        boolean present = Libc.isTerminal(Libc.STANDARD_ERROR);
        boolean plain =
                environment.containsKey("NO_COLOR") || "dumb".equals(environment.get("TERM"));
        return new Terminal(
                present,
                unicode(environment),
                present && !plain,
                () -> Libc.columns(Libc.STANDARD_ERROR).orElse(USUAL_COLUMNS));
    }

    /// The first of these that is set decides. Source: POSIX, section 8.2, "Internationalization
    /// Variables".
    static boolean unicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String upper = value.toUpperCase(Locale.ROOT);
                return upper.contains("UTF-8") || upper.contains("UTF8");
            }
        }
        return false;
    }

    String bold(String text) {
        return colours ? "\u001b[1m" + text + "\u001b[0m" : text;
    }

    String green(String text) {
        return colours ? "\u001b[32m" + text + "\u001b[0m" : text;
    }
}
