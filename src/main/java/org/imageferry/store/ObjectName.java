package org.imageferry.store;

import java.util.regex.Pattern;

/// Names an object of a region store, such as `segments/3f/3f09…`: folders and a name of lower-case
/// letters, digits, `.`, `_` and `-`, at most 200 characters.
public record ObjectName(String value) {
    private static final Pattern FORM =
            Pattern.compile("(?:[a-z0-9][a-z0-9._-]*/)*[a-z0-9][a-z0-9._-]*");

    public ObjectName {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not an object name: " + value);
        }
    }

    /// Whether `text` is an object's name.
    public static boolean isOne(String text) {
        return text.length() <= 200 && FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
