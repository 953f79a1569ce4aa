package org.imageferry.console;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// A task as our own actions tell of it.
///
/// @param region where its queue is
/// @param position 0 for a running task, else its place in the queue, from 1; 0 in lists of all tasks
/// @param sourceRegion empty for what is no copy
/// @param started while it runs
/// @param reason why it failed; else empty
record TaskView(
        String id,
        String action,
        Status status,
        String region,
        int position,
        String image,
        String imageName,
        String snapshot,
        String source,
        String sourceRegion,
        Duration remaining,
        Bytes bytes,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        String reason) {

    /// The wire's words.
    enum Status {
        Waiting,
        Processing,
        Finished,
        Failed,
        Deleted;

        /// What a person calls it.
        String word() {
            return switch (this) {
                case Waiting -> "waiting";
                case Processing -> "running";
                case Finished -> "finished";
                case Failed -> "failed";
                case Deleted -> "cancelled";
            };
        }
    }

    /// @param total of the content; 0 while that is not known
    /// @param moved of those that are done, how many were new to the destination
    /// @param unfinished of those that are done, of how many that is not known yet
    record Bytes(long total, long done, long moved, long stored, long unfinished) {
        long shared() {
            return Math.max(0, done - moved - unfinished);
        }

        int percent() {
            return Amounts.percent(done, total);
        }
    }

    /// @param region where it is listed, unless it says so itself
    static TaskView of(JsonNode tree, String region) {
        return new TaskView(
                text(tree, "TaskId"),
                text(tree, "TaskAction"),
                Status.valueOf(text(tree, "Status")),
                tree.path("RegionId").asString(region),
                tree.path("Position").asInt(0),
                text(tree, "ImageId"),
                text(tree, "ImageName"),
                text(tree, "SnapshotId"),
                text(tree, "SourceImageId") + text(tree, "SourceSnapshotId"),
                text(tree, "SourceRegionId"),
                Duration.ofSeconds(tree.path("RemainTime").asLong(0)),
                bytes(tree),
                time(tree, "CreationTime").orElse(Instant.EPOCH),
                time(tree, "StartTime"),
                time(tree, "EndTime"),
                text(tree, "Reason"));
    }

    static Bytes bytes(JsonNode tree) {
        return new Bytes(
                tree.path("TotalBytes").asLong(0),
                tree.path("DoneBytes").asLong(0),
                tree.path("MovedBytes").asLong(0),
                tree.path("StoredBytes").asLong(0),
                tree.path("UnfinishedBytes").asLong(0));
    }

    private static String text(JsonNode tree, String name) {
        return tree.path(name).asString("");
    }

    private static Optional<Instant> time(JsonNode tree, String name) {
        try {
            return Optional.of(Instant.parse(text(tree, name)));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    boolean open() {
        return status == Status.Waiting || status == Status.Processing;
    }

    boolean running() {
        return status == Status.Processing;
    }

    boolean copiesImage() {
        return action.equals("CopyImage");
    }

    boolean copies() {
        return copiesImage() || action.equals("CopySnapshot");
    }

    boolean finishedCopy() {
        return copies() && status == Status.Finished;
    }

    /// What it is about, as people know it.
    String subject() {
        String resource = image.isEmpty() ? snapshot : image;
        String name = imageName.isEmpty() ? resource : imageName;
        return name.isEmpty() ? "all images" : name;
    }

    /// What it does, in a word.
    String verb() {
        return switch (action) {
            case "CopyImage", "CopySnapshot" -> "Copy";
            case "ImportImage" -> "Import";
            case "ExportImage" -> "Export";
            case "VerifyImages" -> "Verification";
            default -> action;
        };
    }
}
