package org.imageferry.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// An image, as DescribeImageDetail tells of it.
///
/// @param own whether it is the caller's: of another's image little is told
/// @param source where it was copied from, if it was
record ImageView(
        String region,
        String id,
        String name,
        String description,
        String status,
        boolean own,
        boolean encrypted,
        Optional<Place> source,
        List<Place> copies,
        List<Disk> disks,
        List<Tag> tags,
        Optional<Stored> stored,
        JsonNode tree) {

    /// An image of a region; its status is known of copies only.
    record Place(String region, String image, String status) {}

    record Tag(String key, String value) {}

    /// @param damage what a verification found; empty if nothing
    record Disk(
            String snapshot,
            String device,
            long bytes,
            long contentBytes,
            String digest,
            String damage) {}

    /// @param own bytes that are freed when it is deleted with its snapshots
    record Stored(long bytes, long shared, long own) {}

    static ImageView of(JsonNode tree) {
        JsonNode origin = tree.path("Origin");
        JsonNode storage = tree.path("Storage");
        String source = text(origin, "SourceImageId");
        return new ImageView(
                text(tree, "RegionId"),
                text(tree, "ImageId"),
                text(tree, "ImageName"),
                text(tree, "Description"),
                text(tree, "Status"),
                text(tree, "ImageOwnerAlias").equals("self"),
                tree.path("DiskDeviceMappings")
                        .path("DiskDeviceMapping")
                        .path(0)
                        .path("Encrypted")
                        .asBoolean(false),
                source.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Place(text(origin, "SourceRegionId"), source, "")),
                copies(tree),
                disks(tree),
                tags(tree),
                storage.has("StoredBytes")
                        ? Optional.of(
                                new Stored(
                                        storage.path("StoredBytes").asLong(0),
                                        storage.path("SharedBytes").asLong(0),
                                        storage.path("OwnBytes").asLong(0)))
                        : Optional.empty(),
                tree);
    }

    private static List<Place> copies(JsonNode tree) {
        List<Place> copies = new ArrayList<>();
        for (JsonNode copy : tree.path("Copies").path("Copy")) {
            copies.add(
                    new Place(text(copy, "RegionId"), text(copy, "ImageId"), text(copy, "Status")));
        }
        return List.copyOf(copies);
    }

    private static List<Disk> disks(JsonNode tree) {
        List<Disk> disks = new ArrayList<>();
        JsonNode mappings = tree.path("DiskDeviceMappings").path("DiskDeviceMapping");
        for (JsonNode disk : tree.path("Disks").path("Disk")) {
            disks.add(
                    new Disk(
                            text(disk, "SnapshotId"),
                            text(mappings.path(disks.size()), "Device"),
                            disk.path("Bytes").asLong(0),
                            disk.path("ContentBytes").asLong(0),
                            text(disk, "Digest"),
                            text(disk, "Damage")));
        }
        return List.copyOf(disks);
    }

    private static List<Tag> tags(JsonNode tree) {
        List<Tag> tags = new ArrayList<>();
        tree.path("Tags")
                .path("Tag")
                .forEach(tag -> tags.add(new Tag(text(tag, "TagKey"), text(tag, "TagValue"))));
        return List.copyOf(tags);
    }

    /// The part of the answer that tells of the task which brought it; of another's image empty.
    JsonNode task() {
        return tree.path("Task");
    }

    boolean copyable() {
        return status.equals("Available") || status.equals("Deprecated");
    }

    boolean beingMade() {
        return status.equals("Waiting") || status.equals("Creating");
    }

    boolean failed() {
        return status.equals("CreateFailed");
    }

    String field(String name) {
        return text(tree, name);
    }

    private static String text(JsonNode tree, String name) {
        return tree.path(name).asString("");
    }
}
