package org.imageferry.domain;

/// Names something that can have tags and be in a resource group.
public sealed interface ResourceId permits ImageId, SnapshotId {
    String value();

    ResourceType type();
}
