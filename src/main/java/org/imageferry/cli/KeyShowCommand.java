package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "show", description = "Shows a key.")
final class KeyShowCommand extends FerryCommand {
    @Parameters(paramLabel = "KEY", description = "The key's id, or an alias of it.")
    private String key = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    @Override
    String attempt() {
        return "show key " + key + " of " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        ObjectNode shown = KeyTable.describe(program().api(), region, key);
        program().print(shown, KeyTable.of(List.of(shown)));
        return 0;
    }
}
