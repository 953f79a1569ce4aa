package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "backup",
        description =
                "Copies a data folder to another folder, while its server runs: the catalog as it is at one"
                        + " moment, all that it needs of the regions' folders, and the secrets. What the"
                        + " folder has already is not copied again. If it is interrupted, give the same"
                        + " command again.")
final class BackupCommand extends FerryCommand {
    @Option(
            names = "--to",
            required = true,
            paramLabel = "FOLDER",
            description = "Where the backup is or shall be; best on another disk.")
    private Path to = Path.of("");

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "The server's configuration file, which says what regions are in object storage; it is"
                            + " backed up, too.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--without-master-key",
            description =
                    "Leave the master key and the credentials out. Without them no one can use the access"
                            + " keys and the encrypted images in the backup, nor can you.")
    private boolean withoutMasterKey;

    @Override
    String attempt() {
        return "back up to " + to;
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        return new Relocating(program(), "backing up")
                .run(watch ->
                        program()
                                .relocations()
                                .backup(
                                        new Relocations.Backup(data, config, to, !withoutMasterKey),
                                        watch));
    }
}
