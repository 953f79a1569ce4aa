package org.imageferry.cli;

import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The demo's last words: what was seen, and how to go on.
final class DemoEnding {
    private final Story story;
    private final String source;
    private final String destination;

    DemoEnding(Story story, String source, String destination) {
        this.story = story;
        this.source = source;
        this.destination = destination;
    }

    void tell(ObjectNode summary, Path data, boolean kept) {
        story.line("");
        story.line("Done in " + Sizes.time(story.sinceBegin()) + ".");
        story.line("");
        Table table = new Table("image", "copied to", ">new", ">of", ">stored as", ">took");
        for (JsonNode generation : summary.path("Generations").values()) {
            table.row(
                    Api.text(generation, "ImageName"),
                    Api.text(generation, "CopyImageId") + " in " + destination,
                    Sizes.bytes(Api.number(generation, "MovedBytes")),
                    Sizes.bytes(Api.number(generation, "TotalBytes")),
                    Sizes.bytes(Api.number(generation, "StoredBytes")),
                    Sizes.time(seconds(generation.path("CopySeconds").asDouble(0))));
        }
        table.text().lines().forEach(story::tell);
        story.line("");
        if (kept) {
            goOn(Api.text(summary.path("Generations").path(1), "CopyImageId"), data);
        } else {
            story.line("The server is stopped now and its temporary folder removed.");
            story.line("To keep both and go on with them:");
            story.tell("./imageferry demo --keep");
            story.line("To start with a folder of your own, ./data:");
            story.tell("./imageferry serve");
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private void goOn(String copy, Path data) {
        String folder = " --data " + data;
        story.line("The server is stopped now; everything is in " + data);
        story.line("To start it again on that folder:");
        story.tell("./imageferry serve" + folder);
        story.line("Then open http://127.0.0.1:8440/console/, and log in with the pair in");
        story.tell(data.resolve("credentials").toString());
        story.line("Or, in another terminal:");
        story.tell("./imageferry images" + folder);
        story.tell("./imageferry show " + copy + folder);
        story.tell(
                "./imageferry copy %s --from %s --to %s --dry-run%s"
                        .formatted(copy, destination, source, folder));
        story.tell(
                "./imageferry export %s --region %s --output copy.raw%s"
                        .formatted(copy, destination, folder));
    }
}
