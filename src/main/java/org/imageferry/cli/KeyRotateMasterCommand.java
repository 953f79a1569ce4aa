package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.cli.MasterKeyRotator.Rewrapped;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "rotate-master",
        description =
                "Makes a new master key for the data folder of a server that is stopped, and wraps all"
                        + " secrets anew. The old key opens nothing any more; temporary credentials"
                        + " end. If the catalog is in PostgreSQL, all servers must be stopped.")
final class KeyRotateMasterCommand extends FerryCommand {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The server's configuration file, which says where the catalog is.")
    private Optional<Path> config = Optional.empty();

    @Override
    String attempt() {
        return "rotate the master key";
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        Rewrapped rewrapped = program().rotator().rotate(data, config);
        Table table = new Table("ACCESS KEYS", "KEYS");
        table.row(Integer.toString(rewrapped.accessKeys()), Integer.toString(rewrapped.keys()));
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AccessKeys", rewrapped.accessKeys())
                                .put("Keys", rewrapped.keys()),
                        table);
        program()
                .surroundings()
                .say(
                        "back the new master key up ("
                                + data.resolve("master.key")
                                + "); other servers of the same catalog need a copy of it");
        return 0;
    }
}
