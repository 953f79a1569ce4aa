package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.cli.Interruption.Guard;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "serve", description = "Runs the server until it is told to end (Ctrl-C, SIGTERM).")
final class ServeCommand extends FerryCommand {
    /// Where a browser finds the pages for people.
    static final String CONSOLE = "/console/";

    @Option(names = "--config", paramLabel = "FILE", description = "Its configuration file.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description = "Where it answers; port 0 takes a free one. Default: 127.0.0.1:8440.")
    private String listen = "127.0.0.1:8440";

    @Override
    String attempt() {
        return "serve on " + listen;
    }

    @Override
    int run() throws IOException {
        Path data = program().data().orElse(Path.of("data"));
        Running server = program().starter().start(new ServeOptions(data, config, listen));
        try (Guard _ = program().surroundings().interruption().onInterrupt(server::stop)) {
            program()
                    .print(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("Endpoint", server.endpoint())
                                    .put("Console", server.endpoint() + CONSOLE),
                            new Table("imageferry serving on " + server.endpoint())
                                    .row("console: " + server.endpoint() + CONSOLE));
            server.awaitStop();
        }
        return 0;
    }
}
