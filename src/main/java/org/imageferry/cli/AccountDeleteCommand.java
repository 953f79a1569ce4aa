package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "delete",
        description =
                "Deletes an account without images, snapshots and open tasks; needs an administrator.")
final class AccountDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "ACCOUNT", description = "The account's id or name.")
    private String account = "";

    @Override
    String attempt() {
        return "delete account " + account;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode found = api.account(account);
        String id = Api.text(found, "AccountId");
        api.call(Call.own("DeleteAccount").with("AccountId", id));
        program()
                .print(found, new Table("DELETED", "NAME").row(id, Api.text(found, "AccountName")));
        return 0;
    }
}
