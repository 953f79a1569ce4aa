package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "migrate",
        description =
                "Brings the installation of a server that is stopped to where a new configuration has it:"
                        + " the catalog into PostgreSQL, regions into object storage, or both. All is"
                        + " checked where it arrives, and the old data folder stays as it is. If it is"
                        + " interrupted, give the same command again.")
final class MigrateCommand extends FerryCommand {
    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "The new configuration file.")
    private Path config = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description =
                    "The new data folder, which must be new or empty. Default: that of --data with"
                            + " \"-migrated\" behind its name.")
    private Optional<Path> to = Optional.empty();

    @Override
    String attempt() {
        return "migrate to what " + config + " says";
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        Path next =
                to.orElseGet(() -> {
                    Path real = data.toAbsolutePath().normalize();
                    return real.resolveSibling(real.getFileName() + "-migrated");
                });
        return new Relocating(program(), "migrating")
                .run(watch ->
                        program()
                                .relocations()
                                .migrate(new Relocations.Migration(data, config, next), watch));
    }
}
