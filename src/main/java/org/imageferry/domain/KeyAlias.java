package org.imageferry.domain;

import java.util.regex.Pattern;

/// Another name of a key, such as `alias/golden`. Source: KMS API 2016-01-20, CreateAlias: `alias/`, then
/// letters, digits, underscores, hyphens and slashes, 255 characters in all.
public record KeyAlias(String value) {
    private static final Pattern FORM = Pattern.compile("alias/[A-Za-z0-9_/-]{1,249}");

    public KeyAlias {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("AliasName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
