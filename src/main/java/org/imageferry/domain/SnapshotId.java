package org.imageferry.domain;

/// Names a snapshot in all regions: `s-` and twenty lower-case letters or digits.
public record SnapshotId(String value) implements ResourceId {
    public SnapshotId {
        if (!Texts.isId(value, "s-", 20, 20)) {
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
