package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "delete", description = "Deletes an access key.")
final class AccessKeyDeleteCommand extends FerryCommand {
    @Parameters(paramLabel = "KEY", description = "The access key's id.")
    private String key = "";

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "The user whose it is. Default: none, the account's own.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "delete access key " + key + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call call = account.in(api, Call.own("DeleteAccessKey")).with("UserAccessKeyId", key);
        api.call(CallParts.ifGiven(call, "UserName", user));
        program()
                .print(
                        JsonNodeFactory.instance.objectNode().put("AccessKeyId", key),
                        new Table("DELETED").row(key));
        return 0;
    }
}
