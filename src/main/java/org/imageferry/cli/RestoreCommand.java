package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "restore",
        description =
                "Makes a data folder of a backup, in the folder that --data names, which must be new or"
                        + " empty. Each object is read and checked. If it is interrupted, give the same"
                        + " command again.")
final class RestoreCommand extends FerryCommand {
    @Option(
            names = "--from",
            required = true,
            paramLabel = "FOLDER",
            description = "What 'imageferry backup' wrote.")
    private Path from = Path.of("");

    @Override
    String attempt() {
        return "restore from " + from;
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        return new Relocating(program(), "restoring")
                .run(watch ->
                        program()
                                .relocations()
                                .restore(new Relocations.Restore(from, data), watch));
    }
}
