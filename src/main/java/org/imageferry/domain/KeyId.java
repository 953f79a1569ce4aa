package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a key of a key service: a UUID in lower case, as Alibaba Cloud KMS has them.
public record KeyId(String value) {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("KeyId", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
