package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// A command that changes a key, and shows what it has become.
abstract sealed class KeyChangeCommand extends FerryCommand {
    @Parameters(paramLabel = "KEY", description = "The key's id, or an alias of it.")
    private String key = "";

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has it.")
    private String region = "";

    /// What to do with the key, in one word.
    abstract String verb();

    /// The action that does it.
    abstract Call change();

    @Override
    final String attempt() {
        return verb() + " key " + key + " of " + region;
    }

    @Override
    final int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        api.call(change().with("RegionId", region).with("KeyId", key));
        ObjectNode shown = KeyTable.describe(api, region, key);
        program().print(shown, KeyTable.of(List.of(shown)));
        return 0;
    }

    @Command(name = "enable", description = "Lets a key be used again.")
    static final class Enable extends KeyChangeCommand {
        @Override
        String verb() {
            return "enable";
        }

        @Override
        Call change() {
            return Call.kms("EnableKey");
        }
    }

    @Command(
            name = "disable",
            description = {
                "Keeps a key from being used.",
                "What is encrypted with it can't be read until it is enabled again."
            })
    static final class Disable extends KeyChangeCommand {
        @Override
        String verb() {
            return "disable";
        }

        @Override
        Call change() {
            return Call.kms("DisableKey");
        }
    }

    @Command(name = "undelete", description = "Takes back the deletion of a key, and enables it.")
    static final class Undelete extends KeyChangeCommand {
        @Override
        String verb() {
            return "undelete";
        }

        @Override
        Call change() {
            return Call.kms("CancelKeyDeletion");
        }
    }

    @Command(name = "grant", description = "Lets the image service use a key, as a new one does.")
    static final class Grant extends KeyChangeCommand {
        @Override
        String verb() {
            return "grant";
        }

        @Override
        Call change() {
            return Call.own("GrantKey");
        }
    }

    @Command(
            name = "revoke",
            description = "Keeps the image service from using a key, until it is granted again.")
    static final class Revoke extends KeyChangeCommand {
        @Override
        String verb() {
            return "revoke";
        }

        @Override
        Call change() {
            return Call.own("RevokeKey");
        }
    }
}
