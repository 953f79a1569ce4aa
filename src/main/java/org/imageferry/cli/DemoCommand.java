package org.imageferry.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "demo",
        description = {
            "Shows the main job in one go, on this machine alone.",
            "Starts a server in a temporary folder (or in --data), imports a disk image, copies it to"
                    + " another region, copies its next generation, exports it, and checks everything."
        })
final class DemoCommand extends FerryCommand {
    private static final long DISK_BYTES = 1L << 30;
    private static final long CONTENT_BYTES = 128L << 20;

    /// Read by logback.xml: what a server usually logs would run across the progress bars.
    private static final String LOG_LEVEL = "imageferry.log";

    /// Of the free space; the same content is on disk up to six times.
    private static final int SHARE = 12;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "A raw disk image. Default: one made of files of this machine.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--keep", description = "Keep the temporary folder, to go on with it.")
    private boolean keep;

    @Option(
            names = "--from",
            paramLabel = "REGION",
            description = "The region to import into. Default: cn-hangzhou.")
    private String source = "cn-hangzhou";

    @Option(
            names = "--to",
            paramLabel = "REGION",
            description = "The region to copy to. Default: cn-shanghai.")
    private String destination = "cn-shanghai";

    @Override
    String attempt() {
        return "show the demo";
    }

    @Override
    int run() throws EcsFailure, IOException, CommandFailure {
        try (TemporaryFolder folder = TemporaryFolder.make();
                Guard _ =
                        program()
                                .surroundings()
                                .interruption()
                                .onInterrupt(() -> closeUnchecked(folder))) {
            if (keep && program().data().isEmpty()) {
                folder.keep();
            }
            Path work = Files.createDirectory(folder.path().resolve("work"));
            Path data = program().data().orElse(folder.path().resolve("data"));
            try {
                show(data.toAbsolutePath().normalize(), work);
            } finally {
                TemporaryFolder.delete(work);
            }
        }
        return 0;
    }

    /// Shows the story, and ends the server however it goes.
    private void show(Path data, Path work) throws EcsFailure, IOException, CommandFailure {
        Surroundings surroundings = program().surroundings().quietOnInterrupt();
        Story story = new Story(surroundings, program().json());
        System.setProperty(LOG_LEVEL, "WARN");
        DemoDisk disk = disk(work);
        Story.Timed<Running> started =
                story.step(
                        "Start a server",
                        () ->
                                program()
                                        .starter()
                                        .start(
                                                new ServeOptions(
                                                        data, Optional.empty(), "127.0.0.1:0")));
        Running server = started.result();
        story.tell(
                "it answers on %s after %s, and keeps everything in %s"
                        .formatted(server.endpoint(), Sizes.time(started.time()), data));
        try (Guard _ = program().surroundings().interruption().onInterrupt(server::stop)) {
            Api api = program().api(server.endpoint(), data);
            Demo demo = new Demo(surroundings, api, story, source, destination);
            ObjectNode summary = demo.run(disk, work);
            server.stop();
            boolean kept = keep || program().data().isPresent();
            new DemoEnding(story, source, destination).tell(summary, data, kept);
            if (program().json()) {
                summary.put("Data", data.toString()).put("Kept", kept);
                program().print(summary.put("Endpoint", server.endpoint()), new Table());
            }
        } finally {
            server.stop();
        }
    }

    private DemoDisk disk(Path work) throws IOException {
        if (file.isPresent()) {
            return new GivenDisk(file.get());
        }
        long free = Files.getFileStore(work).getUsableSpace();
        long content = Math.min(CONTENT_BYTES, free / SHARE);
        return new MachineDisk(program().surroundings(), DISK_BYTES, content);
    }

    private static void closeUnchecked(TemporaryFolder folder) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
