package org.imageferry.domain;

import java.util.regex.Pattern;

/// What an account is called: 1 to 64 letters, digits, spaces, periods, hyphens, underscores or `@`,
/// the first a letter or a digit. Never sixteen digits, which would be an [AccountId].
public record AccountName(String value) {
    private static final Pattern FORM =
            Pattern.compile("(?![0-9]{16}$)[\\p{L}\\p{Nd}][\\p{L}\\p{Nd} .@_-]{0,63}");

    public AccountName {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("AccountName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
