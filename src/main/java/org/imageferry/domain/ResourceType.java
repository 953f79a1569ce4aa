package org.imageferry.domain;

/// What can have tags and be in a resource group.
public enum ResourceType {
    IMAGE("image"),
    SNAPSHOT("snapshot");

    private final String text;

    ResourceType(String text) {
        this.text = text;
    }

    /// As people and the wire name it.
    public String text() {
        return text;
    }

    /// @throws RefusedException `Malformed` if it names no resource of this type
    public ResourceId id(String value) {
        return switch (this) {
            case IMAGE -> new ImageId(value);
            case SNAPSHOT -> new SnapshotId(value);
        };
    }
}
