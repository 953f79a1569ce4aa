package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a bucket of an account in a region. Source: OSS, "Bucket naming conventions".
public record BucketName(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");

    public BucketName {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("BucketName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
