package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a region, such as `cn-hangzhou`.
public record RegionId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}[a-z0-9]");

    public RegionId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("RegionId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
