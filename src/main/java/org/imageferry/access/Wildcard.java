package org.imageferry.access;

/// A pattern of policies: `*` stands for any characters, also none, and `?` for any one.
///
/// A `*` in the text that is compared means that all is meant, so only `*` matches it. Matching takes at
/// most as many steps as pattern and text have characters multiplied, and both are short.
record Wildcard(String pattern) {
    boolean matches(String text) {
        int at = 0;
        int in = 0;
        int star = -1; // the last one met, and where in the text it was
        int from = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                from = in;
            } else if (at < pattern.length() && fits(pattern.charAt(at), text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) { // the star takes one more; an earlier one never has to
                at = star + 1;
                in = ++from;
            } else {
                return false;
            }
        }
        return pattern.substring(at).chars().allMatch(c -> c == '*');
    }

    private static boolean fits(char wanted, char found) {
        return wanted == found || (wanted == '?' && found != '*');
    }
}
