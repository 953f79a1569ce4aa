package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "rotate-master",
        description =
                "Makes a new master key for the data folder of a server that is stopped, and wraps all"
                        + " secrets anew. The old key opens nothing any more; temporary credentials"
                        + " end.")
final class KeyRotateMasterCommand extends FerryCommand {
    @Override
    String attempt() {
        return "rotate the master key";
    }

    @Override
    int run() throws IOException {
        Rewrapped rewrapped = program().rotator().rotate(program().data().orElse(Path.of("data")));
        Table table = new Table("ACCESS KEYS", "KEYS");
        table.row(Integer.toString(rewrapped.accessKeys()), Integer.toString(rewrapped.keys()));
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AccessKeys", rewrapped.accessKeys())
                                .put("Keys", rewrapped.keys()),
                        table);
        return 0;
    }
}
