package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names an image in all regions: `m-` and twenty lower-case letters or digits.
public record ImageId(String value) {
    private static final Pattern FORM = Pattern.compile("m-[a-z0-9]{20}");

    public ImageId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("ImageId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
