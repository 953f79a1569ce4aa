package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists access keys, without their secrets.")
final class AccessKeyListCommand extends FerryCommand {
    @Option(names = "--user", paramLabel = "USER", description = "Only this user's.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "list access keys" + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call call = account.in(api, Call.own("DescribeAccessKeys"));
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("ACCESS KEY", "STATUS", "USER", "CREATED");
        for (ObjectNode key :
                Api.each(
                        api.call(CallParts.ifGiven(call, "UserName", user)),
                        "AccessKeys",
                        "AccessKey")) {
            all.add(key);
            table.row(
                    Api.text(key, "AccessKeyId"),
                    Api.text(key, "Status"),
                    Api.text(key, "UserName"),
                    Api.text(key, "CreationTime"));
        }
        program().print(all, table);
        return 0;
    }
}
