package org.imageferry.domain;

import java.util.regex.Pattern;

/// What a policy of a user is called: 1 to 128 letters, digits or hyphens. Source: RAM API 2015-05-01,
/// CreatePolicy, PolicyName.
public record PolicyName(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9-]{1,128}");

    public PolicyName {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("PolicyName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
