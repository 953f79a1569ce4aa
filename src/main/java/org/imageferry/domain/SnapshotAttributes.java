package org.imageferry.domain;

import java.util.Optional;

/// What may be changed of a snapshot without touching its bytes.
///
/// @param name as shown; need not be unique, and may be empty
/// @param retentionDays so long after its creation it goes by itself, unless something needs it; empty
///     if it stays
/// @param makesImages whether images may be made of it or copied that are made of it
public record SnapshotAttributes(
        String name,
        Description description,
        ResourceGroupId group,
        Optional<Integer> retentionDays,
        Tags tags,
        boolean makesImages) {

    /// As a snapshot is born.
    public static SnapshotAttributes of(String name, ResourceGroupId group) {
        return new SnapshotAttributes(
                name, Description.NONE, group, Optional.empty(), Tags.NONE, true);
    }

    public SnapshotAttributes with(Tags next) {
        return new SnapshotAttributes(name, description, group, retentionDays, next, makesImages);
    }

    public SnapshotAttributes with(ResourceGroupId next) {
        return new SnapshotAttributes(name, description, next, retentionDays, tags, makesImages);
    }
}
