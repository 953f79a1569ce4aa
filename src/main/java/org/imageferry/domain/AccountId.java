package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names an account: sixteen digits, as in ECS.
public record AccountId(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9]{16}");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("AccountId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
