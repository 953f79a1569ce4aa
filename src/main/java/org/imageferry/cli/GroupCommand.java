package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "group",
        description =
                "Resource groups: they sort an account's images and snapshots, in all regions.",
        subcommands = {
            GroupListCommand.class,
            GroupCreateCommand.class,
            GroupJoinCommand.class,
            GroupDeleteCommand.class
        })
final class GroupCommand {}
