package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "create", description = "Creates a user, who may do nothing until it has a policy.")
final class UserCreateCommand extends FerryCommand {
    @Parameters(
            paramLabel = "USER",
            description = "Its name: 1 to 64 letters, digits, periods, hyphens or underscores.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "create user " + user + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode answer =
                api.call(account.in(api, Call.own("CreateUser")).with("UserName", user));
        ObjectNode made = answer.get("User") instanceof ObjectNode its ? its : answer;
        program().print(made, AccountTables.users(List.of(made)));
        return 0;
    }
}
