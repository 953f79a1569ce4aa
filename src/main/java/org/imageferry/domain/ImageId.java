package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names an image in all regions: `m-` and twenty lower-case letters or digits.
public record ImageId(String value) implements ResourceId {
    private static final Pattern FORM = Pattern.compile("m-[a-z0-9]{20}");

    public ImageId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("ImageId", value));
        }
    }

    @Override
    public ResourceType type() {
        return ResourceType.IMAGE;
    }

    @Override
    public String toString() {
        return value;
    }
}
