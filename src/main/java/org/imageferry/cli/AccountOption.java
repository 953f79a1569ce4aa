package org.imageferry.cli;

import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Option;

/// The option of commands that an administrator may also use for other accounts.
final class AccountOption {
    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description =
                    "Another account's id or name; needs an administrator. Default: one's own.")
    private String account = "";

    /// For messages.
    String words() {
        return account.isEmpty() ? "" : " in account " + account;
    }

    Call in(Api api, Call call) throws EcsFailure, CommandFailure {
        return account.isEmpty()
                ? call
                : call.with("AccountId", Api.text(api.account(account), "AccountId"));
    }
}
