package org.imageferry.domain;

import java.util.function.IntPredicate;

/// What the rules for ids, names, descriptions and tags share. They are asked for each row that is read, which
/// is too often for regular expressions.
final class Texts {
    private Texts() {}

    /// Whether it is `prefix` and `least` to `most` lower-case letters and digits of ASCII.
    static boolean isId(String text, String prefix, int least, int most) {
        int rest = text.length() - prefix.length();
        return rest >= least
                && rest <= most
                && text.startsWith(prefix)
                && all(text, prefix.length(), c -> isLower(c) || isDigit(c));
    }

    /// Whether it has 2 to 128 characters: a letter of any script, then letters, digits of any script,
    /// and `.:_-`.
    static boolean isName(String text) {
        int length = text.codePointCount(0, text.length());
        return length >= 2
                && length <= 128
                && Character.isLetter(text.codePointAt(0))
                && all(
                        text,
                        c ->
                                Character.isLetter(c)
                                        || Character.isDigit(c)
                                        || ".:_-".indexOf(c) >= 0);
    }

    static boolean isLower(int c) {
        return c >= 'a' && c <= 'z';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /// Whether all of its characters are such.
    static boolean all(String text, IntPredicate such) {
        return all(text, 0, such);
    }

    private static boolean all(String text, int from, IntPredicate such) {
        int at = from;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!such.test(c)) {
                return false;
            }
            at += Character.charCount(c);
        }
        return true;
    }

    static boolean holdsAddress(String text) {
        return text.contains("http://") || text.contains("https://");
    }

    static boolean startsWithAddress(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }
}
