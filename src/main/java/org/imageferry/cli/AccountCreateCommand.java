package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create",
        description = {
            "Creates an account and its first access key; needs an administrator.",
            "The secret is shown this once."
        })
final class AccountCreateCommand extends FerryCommand {
    @Parameters(
            paramLabel = "NAME",
            description = "1 to 64 letters, digits, spaces, periods, hyphens, underscores or @.")
    private String name = "";

    @Option(names = "--administrator", description = "It may manage what is all accounts'.")
    private boolean administrator;

    @Override
    String attempt() {
        return "create account " + name;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call create = Call.own("CreateAccount").with("AccountName", name);
        ObjectNode made = api.call(administrator ? create.with("Administrator", "true") : create);
        String id = Api.text(made, "AccountId");
        ObjectNode result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("AccountId", id)
                        .put("AccountName", name)
                        .put("Administrator", administrator);
        ObjectNode key =
                AccountTables.key(api.call(Call.own("CreateAccessKey").with("AccountId", id)));
        result.put("AccessKeyId", Api.text(key, "AccessKeyId"));
        result.put("AccessKeySecret", Api.text(key, "AccessKeySecret"));
        Table table = new Table("Account", id);
        table.row("Name", name);
        program().print(result, AccountTables.addSecret(table, key));
        return 0;
    }
}
