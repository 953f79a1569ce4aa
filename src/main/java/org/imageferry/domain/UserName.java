package org.imageferry.domain;

import java.util.regex.Pattern;

/// What a user is called within its account: 1 to 64 letters, digits, periods, hyphens or underscores.
/// Source: RAM API 2015-05-01, CreateUser, UserName.
public record UserName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public UserName {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("UserName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
