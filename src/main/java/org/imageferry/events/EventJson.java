package org.imageferry.events;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.imageferry.domain.Event;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.Progress;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.imageferry.domain.Work;
import tools.jackson.databind.node.ObjectNode;

/// What an event looks like outside. What an event of its kind has not is an empty text.
public final class EventJson {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private EventJson() {}

    public static void write(ObjectNode tree, Event event) {
        Task task = event.task();
        tree.put("EventId", event.id().value());
        tree.put("Type", event.type().text());
        tree.put("Time", time(event.end().at()));
        tree.put("AccountId", task.account().value());
        tree.put("RegionId", task.region().value());
        tree.put("TaskId", task.id().value());
        tree.put("TaskAction", task.work().action().name());
        tree.put("ImageId", task.image().map(ImageId::value).orElse(""));
        tree.put("ImageName", event.image().map(ImageName::value).orElse(""));
        tree.put("SnapshotId", task.snapshot().map(SnapshotId::value).orElse(""));
        writeSource(tree, task.work());
        tree.put("CreationTime", time(task.created()));
        tree.put("StartTime", event.started().map(EventJson::time).orElse(""));
        tree.put("DurationMilliseconds", duration(event).toMillis());
        writeBytes(tree, event);
        tree.put("Reason", event.end() instanceof TaskState.Failed it ? it.reason() : "");
    }

    private static void writeSource(ObjectNode tree, Work work) {
        switch (work) {
            case Work.CopyImage copy ->
                    source(tree, copy.sourceRegion().value(), copy.source().value(), "");
            case Work.CopySnapshot copy ->
                    source(tree, copy.sourceRegion().value(), "", copy.source().value());
            case Work.ImportImage _, Work.ExportImage _, Work.VerifyImages _ ->
                    source(tree, "", "", "");
        }
    }

    private static void source(ObjectNode tree, String region, String image, String snapshot) {
        tree.put("SourceRegionId", region);
        tree.put("SourceImageId", image);
        tree.put("SourceSnapshotId", snapshot);
    }

    /// How long it ran; what never started took no time.
    private static Duration duration(Event event) {
        Optional<Instant> started = event.started();
        return started.isPresent()
                ? Duration.between(started.get(), event.end().at())
                : Duration.ZERO;
    }

    private static void writeBytes(ObjectNode tree, Event event) {
        Progress progress = event.task().progress();
        tree.put("TotalBytes", progress.total());
        tree.put("DoneBytes", progress.done());
        tree.put("MovedBytes", progress.moved());
        tree.put("SharedBytes", event.sharedBytes());
        tree.put("StoredBytes", progress.stored());
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
