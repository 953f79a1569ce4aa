package org.imageferry.domain;

/// What a person calls a snapshot. 2 to 128 characters; starts with a letter, but not with `auto`, as
/// the names of automatic snapshots do, or with `http://` or `https://`; letters (Chinese ones too),
/// digits, periods, colons, underscores, hyphens. Source: ECS API 2014-05-26, ModifySnapshotAttribute,
/// SnapshotName, and CopySnapshot, DestinationSnapshotName.
///
/// Snapshots that nobody gave a name have names of other forms, or none.
public record SnapshotName(String value) {
    public SnapshotName {
        if (!Texts.isName(value) || value.startsWith("auto") || Texts.startsWithAddress(value)) {
            throw new RefusedException(new Refusal.Malformed("SnapshotName", value));
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
