package org.imageferry.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "version", description = "Says which version this is.")
final class VersionCommand extends FerryCommand {
    @Override
    String attempt() {
        return "tell the version";
    }

    @Override
    int run() {
        program()
                .print(
                        JsonNodeFactory.instance.objectNode().put("Version", version()),
                        new Table("imageferry " + version()));
        return 0;
    }

    /// From the jar's manifest; classes that were just compiled have none.
    private static String version() {
        return Optional.ofNullable(Imageferry.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /// For `--version`.
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"imageferry " + version()};
        }
    }
}
