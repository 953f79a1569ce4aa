package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "put", description = "Gives a user a policy, in place of the one of this name.")
final class PolicyPutCommand extends FerryCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Parameters(
            index = "1",
            paramLabel = "POLICY",
            description = "The policy's name: 1 to 128 letters, digits or hyphens.")
    private String policy = "";

    @Option(
            names = "--file",
            required = true,
            paramLabel = "FILE",
            description = "The policy document, in JSON as RAM has it.")
    private Path file = Path.of("");

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "put policy " + policy + " of " + user + account.words();
    }

    @Override
    int run() throws EcsFailure, IOException, CommandFailure {
        Api api = program().api();
        api.call(
                account.in(api, Call.own("PutUserPolicy"))
                        .with("UserName", user)
                        .with("PolicyName", policy)
                        .with("PolicyDocument", Files.readString(file)));
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("UserName", user)
                                .put("PolicyName", policy),
                        new Table("USER", "POLICY").row(user, policy));
        return 0;
    }
}
