package org.imageferry.domain;

/// What may be changed of a snapshot without touching its bytes.
///
/// @param name as shown; need not be unique
/// @param makesImages whether images may be made of it or copied that are made of it
public record SnapshotAttributes(
        String name,
        Description description,
        ResourceGroupId group,
        Tags tags,
        boolean makesImages) {

    /// As a snapshot is born.
    public static SnapshotAttributes of(String name, ResourceGroupId group) {
        return new SnapshotAttributes(name, Description.NONE, group, Tags.NONE, true);
    }

    public SnapshotAttributes with(Tags next) {
        return new SnapshotAttributes(name, description, group, next, makesImages);
    }

    public SnapshotAttributes with(ResourceGroupId next) {
        return new SnapshotAttributes(name, description, next, tags, makesImages);
    }
}
