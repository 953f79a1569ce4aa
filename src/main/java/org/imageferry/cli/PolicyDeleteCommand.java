package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "delete", description = "Takes a policy away from a user.")
final class PolicyDeleteCommand extends FerryCommand {
    @Parameters(index = "0", paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Parameters(
            index = "1",
            paramLabel = "POLICY",
            description = "The policy's name: 1 to 128 letters, digits or hyphens.")
    private String policy = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "delete policy " + policy + " of " + user + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        api.call(
                account.in(api, Call.own("DeleteUserPolicy"))
                        .with("UserName", user)
                        .with("PolicyName", policy));
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("UserName", user)
                                .put("PolicyName", policy),
                        new Table("USER", "DELETED").row(user, policy));
        return 0;
    }
}
