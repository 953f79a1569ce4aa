package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "policy",
        description = "Policies of a user: what it may do.",
        subcommands = {PolicyListCommand.class, PolicyPutCommand.class, PolicyDeleteCommand.class})
final class PolicyCommand {}
