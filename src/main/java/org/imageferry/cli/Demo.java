package org.imageferry.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The demo against a server that runs: two generations of a disk go from one region to another, and
/// what arrives is compared with what went in. It does nothing that another client could not do.
final class Demo {
    private static final int BUFFER_BYTES = 1 << 20;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Surroundings surroundings;
    private final Api api;
    private final Story story;
    private final String source;
    private final String destination;
    private final String name;

    Demo(Surroundings surroundings, Api api, Story story, String source, String destination) {
        this.surroundings = surroundings;
        this.api = api;
        this.story = story;
        this.source = source;
        this.destination = destination;
        this.name = "golden-" + STAMP.format(surroundings.clock().instant());
    }

    /// @return what was done, for scripts
    ObjectNode run(DemoDisk disk, Path work) throws EcsFailure, IOException, CommandFailure {
        ObjectNode summary =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("SourceRegionId", source)
                        .put("DestinationRegionId", destination);
        ArrayNode generations = summary.putArray("Generations");
        Story.Timed<DemoDisk.Made> first = story.step("Take a disk image", () -> disk.first(work));
        describe(first);
        generations.add(generation(1, first.result()));
        Story.Timed<DemoDisk.Made> next =
                story.step("Make its next generation", () -> disk.next(work, first.result()));
        describe(next);
        ObjectNode second = generation(2, next.result());
        generations.add(second);
        String copy = Api.text(second, "CopyImageId");
        summary.put("Sha256", compare(copy, next.result().file(), work));
        verify(copy);
        return summary.put("Seconds", story.sinceBegin().toMillis() / 1000.0);
    }

    private void describe(Story.Timed<DemoDisk.Made> made) throws IOException {
        Path file = made.result().file();
        try (SparseFile disk = new SparseFile(file)) {
            story.tell(
                    "%s: %s long, %s of it data; %s (%s)"
                            .formatted(
                                    file.getFileName(),
                                    Sizes.bytes(disk.length()),
                                    Sizes.bytes(disk.dataBytes()),
                                    made.result().story(),
                                    Sizes.time(made.time())));
        }
    }

    /// Imports a disk image into the one region and copies it to the other.
    private ObjectNode generation(int number, DemoDisk.Made disk)
            throws EcsFailure, IOException, CommandFailure {
        String imageName = name + "-" + number;
        Story.Timed<ObjectNode> imported =
                story.step(
                        "Import it into " + source,
                        () ->
                                new ImageImport(surroundings, api)
                                        .run(disk.file(), importImage(imageName), "raw", false));
        String image = Api.text(imported.result(), "ImageId");
        story.result(
                "image %s, %s, is available after %s"
                        .formatted(image, imageName, Sizes.time(imported.time())));
        Story.Timed<ObjectNode> copied =
                story.step("Copy it to " + destination, () -> copy(image, imageName));
        ObjectNode task = (ObjectNode) copied.result().path("Task");
        story.result(
                "%s new of %s, stored as %s, in %s"
                        .formatted(
                                Sizes.bytes(Api.number(task, "MovedBytes")),
                                Sizes.bytes(Api.number(task, "TotalBytes")),
                                Sizes.bytes(Api.number(task, "StoredBytes")),
                                Sizes.time(copied.time())));
        return JsonNodeFactory.instance
                .objectNode()
                .put("ImageName", imageName)
                .put("ImageId", image)
                .put("CopyImageId", Api.text(copied.result(), "ImageId"))
                .put("ImportSeconds", imported.time().toMillis() / 1000.0)
                .put("CopySeconds", copied.time().toMillis() / 1000.0)
                .put("TotalBytes", Api.number(task, "TotalBytes"))
                .put("MovedBytes", Api.number(task, "MovedBytes"))
                .put("StoredBytes", Api.number(task, "StoredBytes"));
    }

    private Call importImage(String imageName) {
        return Call.ecs("ImportImage")
                .with("RegionId", source)
                .with("ImageName", imageName)
                .with("Description", "Made by imageferry demo");
    }

    private ObjectNode copy(String image, String imageName) throws EcsFailure, CommandFailure {
        ObjectNode copy =
                new RegionCopies(surroundings, api, RegionCopies.Kind.IMAGE)
                        .run(
                                Set.of(destination),
                                region ->
                                        Call.ecs("CopyImage")
                                                .with("RegionId", source)
                                                .with("ImageId", image)
                                                .with("DestinationRegionId", region)
                                                .with("DestinationImageName", imageName),
                                false)
                        .getFirst();
        if (copy.has("Code")) {
            throw new CommandFailure(
                    "the copy to " + destination + " failed: " + Api.text(copy, "Message"));
        }
        return copy;
    }

    private String compare(String copy, Path original, Path work)
            throws EcsFailure, IOException, CommandFailure {
        Path exported = work.resolve("exported.raw");
        Call export =
                Call.ecs("ExportImage")
                        .with("RegionId", destination)
                        .with("ImageId", copy)
                        .with("ImageFormat", "raw");
        Story.Timed<String> compared =
                story.step(
                        "Export the copy and compare it with the file",
                        () -> {
                            new ImageExport(surroundings, api).run(export, 0, exported);
                            return same(original, exported);
                        });
        story.result(
                "the same to the last bit (%s): SHA-256 %s"
                        .formatted(Sizes.time(compared.time()), compared.result()));
        return compared.result();
    }

    private static String same(Path original, Path exported) throws IOException, CommandFailure {
        String expected = sha256(original);
        String actual = sha256(exported);
        if (!actual.equals(expected)) {
            throw new CommandFailure(
                    "the exported copy is not what was imported: its SHA-256 is %s, the file's is %s; please report it"
                            .formatted(actual, expected));
        }
        return actual;
    }

    private void verify(String copy) throws EcsFailure, IOException, CommandFailure {
        Story.Timed<Outcome> checked =
                story.step("Verify every block of it in " + destination, () -> check(copy));
        if (checked.result() instanceof Outcome.Failed failed) {
            throw new CommandFailure("the copy is damaged: " + failed.reason());
        }
        story.result("all blocks are good (" + Sizes.time(checked.time()) + ")");
    }

    private Outcome check(String copy) throws EcsFailure {
        ObjectNode started =
                api.call(
                        Call.own("VerifyImages")
                                .with("RegionId", destination)
                                .with("ImageId", copy));
        Followed task =
                new Followed.Task(
                        destination, "check in " + destination, Api.text(started, "TaskId"));
        return new Follower(surroundings, api, List.of(task)).follow().getFirst();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
