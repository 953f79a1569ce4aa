package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "region",
        description = "What is allowed in a region.",
        subcommands = {RegionShowCommand.class, RegionSetCommand.class})
final class RegionCommand {}
