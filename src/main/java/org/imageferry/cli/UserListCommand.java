package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists the users of an account.")
final class UserListCommand extends FerryCommand {
    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "list users" + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<ObjectNode> users =
                api.pages(account.in(api, Call.own("DescribeUsers")), "Users", "User");
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        users.forEach(all::add);
        program().print(all, AccountTables.users(users));
        return 0;
    }
}
