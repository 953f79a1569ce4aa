package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "snapshot",
        description = "Snapshots: the bytes of disks, which images are made of.",
        subcommands = {
            SnapshotListCommand.class,
            SnapshotShowCommand.class,
            SnapshotCopyCommand.class,
            SnapshotSetCommand.class,
            SnapshotDeleteCommand.class
        })
final class SnapshotCommand {}
