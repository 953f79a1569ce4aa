package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.JsonNodeFactory;

@Command(name = "set", description = "Switches an access key on or off.")
final class AccessKeySetCommand extends FerryCommand {
    @Parameters(paramLabel = "KEY", description = "The access key's id.")
    private String key = "";

    @Option(
            names = "--status",
            required = true,
            paramLabel = "STATUS",
            description = "Active or Inactive.")
    private String status = "";

    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "The user whose it is. Default: none, the account's own.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "switch access key " + key + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call call =
                account.in(api, Call.own("ModifyAccessKey"))
                        .with("UserAccessKeyId", key)
                        .with("Status", status);
        api.call(CallParts.ifGiven(call, "UserName", user));
        program()
                .print(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("AccessKeyId", key)
                                .put("Status", status),
                        new Table("ACCESS KEY", "STATUS").row(key, status));
        return 0;
    }
}
