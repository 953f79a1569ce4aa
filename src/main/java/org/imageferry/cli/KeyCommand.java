package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "key",
        description = "Keys: what an account's images in a region are encrypted with.",
        subcommands = {
            KeyCreateCommand.class,
            KeyListCommand.class,
            KeyShowCommand.class,
            KeyChangeCommand.Enable.class,
            KeyChangeCommand.Disable.class,
            KeyDeleteCommand.class,
            KeyChangeCommand.Undelete.class,
            KeyChangeCommand.Grant.class,
            KeyChangeCommand.Revoke.class,
            KeyEncryptCommand.class,
            KeyRotateMasterCommand.class
        })
final class KeyCommand {}
