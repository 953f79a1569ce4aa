package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "import",
        description = {
            "Makes an image of a disk image file.",
            "Only the file's data is sent, not its holes. If it is interrupted, the same command goes"
                    + " on where it was."
        })
final class ImportCommand extends FerryCommand {
    @Parameters(paramLabel = "FILE", description = "The disk image.")
    @SuppressWarnings("NullAway.Init") // required, so picocli sets it
    private Path file;

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that gets the image.")
    private String region = "";

    @Option(
            names = "--name",
            required = true,
            paramLabel = "NAME",
            description = "The image's name, 2 to 128 characters, one of its kind in the region.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What it is.")
    private String description = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A tag of the image; can be given 20 times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "The file's format: raw, qcow2, vhd, vhdx, vmdk, vdi, raw.gz, raw.xz or raw.zst."
                            + " Default: the server looks at its content.")
    private String format = "";

    @Option(
            names = "--os",
            paramLabel = "OS",
            description = "What runs on it: linux or windows. Default: linux.")
    private String os = "";

    @Option(
            names = "--platform",
            paramLabel = "NAME",
            description = "The distribution, such as Debian. Default: Others Linux.")
    private String platform = "";

    @Option(
            names = "--architecture",
            paramLabel = "NAME",
            description = "i386, x86_64 or arm64. Default: x86_64.")
    private String architecture = "";

    @Option(
            names = "--boot-mode",
            paramLabel = "MODE",
            description = "BIOS, UEFI or UEFI-Preferred. Default: BIOS.")
    private String bootMode = "";

    @Option(
            names = "--detach",
            description =
                    "End when the file is uploaded and the import accepted. The upload goes when the"
                            + " import has ended well.")
    private boolean detach;

    @Override
    String attempt() {
        return "import " + file + " into " + region;
    }

    @Override
    int run() throws EcsFailure, IOException, CommandFailure {
        Call call =
                CallParts.tags(
                        Call.ecs("ImportImage").with("RegionId", region).with("ImageName", name),
                        tags);
        call = CallParts.ifGiven(call, "Description", description);
        call = CallParts.ifGiven(call, "OSType", os);
        call = CallParts.ifGiven(call, "Platform", platform);
        call = CallParts.ifGiven(call, "Architecture", architecture);
        call = CallParts.ifGiven(call, "BootMode", bootMode);
        ObjectNode image =
                new ImageImport(program().surroundings(), program().api())
                        .run(file, call, format, detach);
        program()
                .print(
                        image,
                        new Table("REGION", "IMAGE", "NAME", "STATUS")
                                .row(
                                        region,
                                        Api.text(image, "ImageId"),
                                        name,
                                        detach ? "Waiting" : Api.text(image, "Status")));
        return 0;
    }
}
