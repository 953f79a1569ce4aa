package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "Lists the accounts: all for an administrator, else one's own.")
final class AccountListCommand extends FerryCommand {
    @Override
    String attempt() {
        return "list accounts";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<ObjectNode> accounts = api.pages(Call.own("DescribeAccounts"), "Accounts", "Account");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("ACCOUNT", "NAME", "ADMINISTRATOR", "CREATED");
        for (ObjectNode account : accounts) {
            all.add(account);
            table.row(
                    Api.text(account, "AccountId"),
                    Api.text(account, "AccountName"),
                    AccountTables.yes(account, "Administrator"),
                    Api.text(account, "CreationTime"));
        }
        program().print(all, table);
        return 0;
    }
}
