package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "create",
        description = {"Creates an access key.", "The secret is shown this once."})
final class AccessKeyCreateCommand extends FerryCommand {
    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "For this user. Default: for the account itself, which may do all.")
    private String user = "";

    @Mixin private AccountOption account = new AccountOption();

    @Override
    String attempt() {
        return "create an access key" + account.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Call call = account.in(api, Call.own("CreateAccessKey"));
        ObjectNode key = AccountTables.key(api.call(CallParts.ifGiven(call, "UserName", user)));
        Table table = new Table("For", user.isEmpty() ? "the account" : "user " + user);
        program().print(key, AccountTables.addSecret(table, key));
        return 0;
    }
}
