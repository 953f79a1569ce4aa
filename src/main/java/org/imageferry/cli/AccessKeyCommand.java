package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "key",
        description = "Access keys of an account and of its users.",
        subcommands = {
            AccessKeyListCommand.class,
            AccessKeyCreateCommand.class,
            AccessKeySetCommand.class,
            AccessKeyDeleteCommand.class
        })
final class AccessKeyCommand {}
