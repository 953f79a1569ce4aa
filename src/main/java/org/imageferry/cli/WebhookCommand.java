package org.imageferry.cli;

import picocli.CommandLine.Command;

@Command(
        name = "webhook",
        description = "Webhooks: addresses that are told when copies end.",
        subcommands = {
            WebhookCreateCommand.class,
            WebhookListCommand.class,
            WebhookTestCommand.class,
            WebhookDeleteCommand.class
        })
final class WebhookCommand {}
