package org.imageferry.cli;

import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "show", description = "Tells the switches and quotas of an account.")
final class AccountShowCommand extends FerryCommand {
    @Parameters(
            paramLabel = "ACCOUNT",
            arity = "0..1",
            description = "The account's id or name. Default: one's own.")
    private String account = "";

    @Override
    String attempt() {
        return account.isEmpty() ? "show the account" : "show account " + account;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        ObjectNode found = api.account(account.isEmpty() ? api.ownAccount() : account);
        program().print(found, AccountTables.account(found));
        return 0;
    }
}
