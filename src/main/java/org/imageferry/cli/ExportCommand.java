package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "export",
        description = "Writes an image's disk into a file, with holes where it has no data.")
final class ExportCommand extends FerryCommand {
    @Mixin private ImageInRegion image = new ImageInRegion();

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "The file to write.")
    @SuppressWarnings("NullAway.Init") // required, so picocli sets it
    private Path output;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The file's format: raw, qcow2 or vhd. Default: raw.")
    private String format = "raw";

    @Option(
            names = "--compress",
            description =
                    "Compress what is in the file; for qcow2, to be read by QEMU 5.1 or later.")
    private boolean compress;

    @Option(
            names = "--disk",
            paramLabel = "NUMBER",
            description = "Which disk: 0 is the system disk. Default: 0.")
    private int disk;

    @Option(names = "--force", description = "Replace the file if it exists.")
    private boolean force;

    @Override
    String attempt() {
        return "export " + image.id() + " from " + image.region() + " to " + output;
    }

    @Override
    int run() throws EcsFailure, IOException, CommandFailure {
        if (Files.exists(output) && !force) {
            throw new CommandFailure(
                    output + " exists; choose another, or replace it with --force");
        }
        Path folder = output.toAbsolutePath().resolveSibling("");
        if (!Files.isDirectory(folder)) {
            throw new CommandFailure("there is no folder " + folder + "; make it first");
        }
        Call call = image.about(Call.ecs("ExportImage")).with("ImageFormat", format);
        if (compress) {
            call = call.with("Compressed", "true");
        }
        ObjectNode result =
                new ImageExport(program().surroundings(), program().api()).run(call, disk, output);
        program()
                .print(
                        result,
                        new Table("IMAGE", "FILE", ">BYTES")
                                .row(
                                        image.id(),
                                        output.toString(),
                                        Long.toString(Api.number(result, "Bytes"))));
        return 0;
    }
}
