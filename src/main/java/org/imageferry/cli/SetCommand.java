package org.imageferry.cli;

import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "set", description = "Changes what is said of an image. What is not given stays.")
final class SetCommand extends FerryCommand {
    @Mixin private ImageInRegion image = new ImageInRegion();

    @Option(names = "--name", paramLabel = "NAME", description = "What it is called.")
    private String name = "";

    @Option(
            names = "--description",
            paramLabel = "TEXT",
            description = "What it is; an empty text takes the description away.")
    private Optional<String> description = Optional.empty();

    @Option(
            names = "--family",
            paramLabel = "FAMILY",
            description = "The family that it is in; an empty text takes it out of its family.")
    private Optional<String> family = Optional.empty();

    @Option(names = "--deprecated", description = "It is not to be used any more.")
    private boolean deprecated;

    @Option(names = "--available", description = "It may be used again.")
    private boolean available;

    @Option(
            names = "--boot-mode",
            paramLabel = "MODE",
            description = "How it boots: BIOS, UEFI or UEFI-Preferred.")
    private String bootMode = "";

    @Override
    String attempt() {
        return "change " + image;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        if (deprecated && available) {
            throw new CommandFailure("say --deprecated or --available, and not both");
        }
        Api api = program().api();
        api.call(change());
        ObjectNode changed = image.find(api);
        Table table = new Table("REGION", "IMAGE", "NAME", "STATUS", "FAMILY", "DESCRIPTION");
        table.row(
                image.region(),
                image.id(),
                Api.text(changed, "ImageName"),
                Api.text(changed, "Status"),
                Api.text(changed, "ImageFamily"),
                Api.text(changed, "Description"));
        program().print(changed, table);
        return 0;
    }

    private Call change() {
        Call call = image.about(Call.ecs("ModifyImageAttribute"));
        call = CallParts.ifGiven(call, "ImageName", name);
        call = CallParts.ifGiven(call, "BootMode", bootMode);
        if (description.isPresent()) {
            call = call.with("Description", description.get());
        }
        if (family.isPresent()) {
            call = call.with("ImageFamily", family.get());
        }
        if (deprecated || available) {
            call = call.with("Status", deprecated ? "Deprecated" : "Available");
        }
        return call;
    }
}
