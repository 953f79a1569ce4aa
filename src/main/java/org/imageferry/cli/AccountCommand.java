package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "account",
        description = "Accounts: who owns images, their access keys, users and policies.",
        subcommands = {
            AccountCreateCommand.class,
            AccountListCommand.class,
            AccountShowCommand.class,
            AccountSetCommand.class,
            AccountDeleteCommand.class,
            AccessKeyCommand.class,
            UserCommand.class,
            PolicyCommand.class,
            TokenCommand.class
        })
final class AccountCommand {}
