package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "delete", description = "Deletes a user with its access keys and policies.")
final class UserDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "delete user " + user + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        api.call(account.in(api, Call.own("DeleteUser")).with("UserName", user));
        program()
                .print(
                        JsonNodeFactory.instance.objectNode().put("UserName", user),
                        new Table("DELETED").row(user));
        return 0;
    }
}
