package org.imageferry.domain;

import java.util.regex.Pattern;

/// Names a snapshot in all regions: `s-` and twenty lower-case letters or digits.
public record SnapshotId(String value) implements ResourceId {
    private static final Pattern FORM = Pattern.compile("s-[a-z0-9]{20}");

    public SnapshotId {
        if (!FORM.matcher(value).matches()) {
            throw new RefusedException(new Refusal.Malformed("SnapshotId", value));
        }
    }

    @Override
    public ResourceType type() {
        return ResourceType.SNAPSHOT;
    }

    @Override
    public String toString() {
        return value;
    }
}
