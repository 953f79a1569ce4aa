package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "Lists the policies of a user; with -o json their documents too.")
final class PolicyListCommand extends FerryCommand {
    @Parameters(paramLabel = "USER", description = "The user's name.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "list policies of " + user + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode answer =
                api.call(account.in(api, Call.own("DescribeUserPolicies")).with("UserName", user));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("POLICY", "PUT");
        for (ObjectNode policy : Api.each(answer, "UserPolicies", "UserPolicy")) {
            all.add(policy);
            table.row(Api.text(policy, "PolicyName"), Api.text(policy, "CreationTime"));
        }
        program().print(all, table);
        return 0;
    }
}
