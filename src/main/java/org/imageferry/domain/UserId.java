package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a user of an account: eighteen digits, as in RAM.
public record UserId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9]{18}");

    public UserId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("UserId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
