package org.imageferry.cli;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// An element of DescribeQueue, as people read it.
record OpenTask(ObjectNode task) {
    String text(String field) {
        return Api.text(task, field);
    }

    long number(String field) {
        return Api.number(task, field);
    }

    /// The id of what it brings or reads.
    String resource() {
        return text("ImageId").isEmpty() ? text("SnapshotId") : text("ImageId");
    }

    /// Such as `Waiting 3`, with its place in the queue.
    String status() {
        return waiting() ? "Waiting " + number("Position") : text("Status");
    }

    boolean waiting() {
        return text("Status").equals("Waiting");
    }

    Optional<Duration> left() {
        long seconds = number("RemainTime");
        return seconds > 0 ? Optional.of(Duration.ofSeconds(seconds)) : Optional.empty();
    }

    /// Bytes a second since it began: by this pace the server tells what is left.
    Optional<Double> rate() {
        long rest = number("TotalBytes") - number("DoneBytes");
        return left().map(left -> (double) rest / left.toSeconds());
    }

    /// @param speed of this very task, which takes note of how far it is
    BarState state(Speed speed) {
        if (waiting()) {
            return new BarState.Waiting(number("Position"));
        }
        BarState.Moving moving = speed.at(number("DoneBytes"), number("TotalBytes"));
        return left().isEmpty()
                ? moving
                : new BarState.Moving(
                        moving.done(), moving.total(), moving.bytesPerSecond(), left());
    }
}
