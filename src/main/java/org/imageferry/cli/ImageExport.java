package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes a file of an image's disk: has it exported, waits, downloads it, and tidies up.
final class ImageExport {
    private final Surroundings surroundings;
    private final Api api;

    ImageExport(Surroundings surroundings, Api api) {
        this.surroundings = surroundings;
        this.api = api;
    }

    /// @param exportImage the call, with RegionId and ImageId
    /// @param disk 0 for the system disk
    ObjectNode run(Call exportImage, int disk, Path target)
            throws EcsFailure, IOException, CommandFailure {
        String region = exportImage.parameters().getOrDefault("RegionId", "");
        String image = exportImage.parameters().getOrDefault("ImageId", "");
        String task = Api.text(api.call(exportImage.with("OSSBucket", Api.BUCKET)), "TaskId");
        List<String> keys = keys(wait(region, image, task));
        if (keys.isEmpty()) {
            String format = exportImage.parameters().getOrDefault("ImageFormat", "raw");
            // as the system disk's object is always called
            keys.add(image + "_" + task + "." + format.toLowerCase(Locale.ROOT));
        }
        try {
            String key = key(keys, disk, image);
            long bytes = new FileDownload(surroundings, api).run(api.object(region, key), target);
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("RegionId", region)
                    .put("ImageId", image)
                    .put("TaskId", task)
                    .put("File", target.toString())
                    .put("Bytes", bytes);
        } finally {
            for (String key : keys) {
                api.buckets().delete(api.object(region, key));
            }
        }
    }

    private ObjectNode wait(String region, String image, String task) throws CommandFailure {
        Followed followed = new Followed.Task(region, "export of " + image, task);
        String goesOn = "the export goes on; cancel it with: imageferry cancel " + task;
        try (Guard _ = surroundings.whenInterrupted(goesOn)) {
            Outcome outcome =
                    new Follower(surroundings, api, List.of(followed)).follow().getFirst();
            return switch (outcome) {
                case Outcome.Good good -> good.facts();
                case Outcome.Failed failed -> throw new CommandFailure(failed.reason());
            };
        }
    }

    private static List<String> keys(ObjectNode task) {
        List<String> keys = new ArrayList<>();
        for (ObjectNode step : Api.each(task, "OperationProgressSet", "OperationProgress")) {
            for (ObjectNode item : Api.each(step, "RelatedItemSet", "RelatedItem")) {
                if (Api.text(item, "Name").equals("OSSObject")) {
                    keys.add(Api.text(item, "Value"));
                }
            }
        }
        return keys;
    }

    /// The objects of data disks end with `_data1.raw` and so on.
    private static String key(List<String> keys, int disk, String image) throws CommandFailure {
        for (String key : keys) {
            boolean data = key.matches(".*_data\\d+[.][a-z0-9]+");
            if (disk == 0 ? !data : key.matches(".*_data" + disk + "[.][a-z0-9]+")) {
                return key;
            }
        }
        throw new CommandFailure(
                "%s has no disk %d; 'imageferry show %s' lists its disks"
                        .formatted(image, disk, image));
    }
}
