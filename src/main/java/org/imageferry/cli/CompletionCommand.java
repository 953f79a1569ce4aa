package org.imageferry.cli;

import picocli.CommandLine.Command;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options in bash and zsh.",
            "Use it with: source <(imageferry completion)"
        })
final class CompletionCommand extends FerryCommand {
    @Override
    String attempt() {
        return "write the completion script";
    }

    @Override
    int run() {
        String script = program().completion();
        program()
                .surroundings()
                .out()
                .print(
                        program().json()
                                ? JsonNodeFactory.instance
                                        .objectNode()
                                        .put("Script", script)
                                        .toPrettyString()
                                : script);
        program().surroundings().out().flush();
        return 0;
    }
}
