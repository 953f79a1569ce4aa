package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "user",
        description = "Users of an account: they may do what their policies say.",
        subcommands = {UserListCommand.class, UserCreateCommand.class, UserDeleteCommand.class})
final class UserCommand {}
