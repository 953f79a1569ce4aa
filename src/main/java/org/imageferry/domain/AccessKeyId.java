package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names an access key: 1 to 128 visible ASCII characters, so that it survives headers, files and
/// shells. Ours begin with `LTAI`, as at Alibaba Cloud; one that the operator gives may be any.
public record AccessKeyId(String value) {
    private static final Pattern FORM = Pattern.compile("[!-~]{1,128}");

    public AccessKeyId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("AccessKeyId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
