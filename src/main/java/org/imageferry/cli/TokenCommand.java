package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "token",
        description = {
            "Makes temporary credentials: an access key, its secret, and the token that goes with both.",
            "They are shown this once."
        })
final class TokenCommand extends FerryCommand {
    @Option(
            names = "--user",
            paramLabel = "USER",
            description = "For this user. Default: for who asks.")
    private String user = "";

    @Option(
            names = "--minutes",
            paramLabel = "NUMBER",
            description = "How long they last: 15 to 720. Default: 60.")
    private long minutes = 60;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "They may do no more than this policy document allows.")
    private Optional<Path> policy = Optional.empty();

    @Override
    String attempt() {
        return "make temporary credentials";
    }

    @Override
    int run() throws EcsFailure, IOException, CommandFailure {
        Api api = program().api();
        Call call = Call.own("CreateSessionToken").with("DurationSeconds", 60 * minutes);
        call = CallParts.ifGiven(call, "UserName", user);
        if (policy.isPresent()) {
            call = call.with("Policy", Files.readString(policy.get()));
        }
        ObjectNode answer = api.call(call);
        ObjectNode made = answer.get("Credentials") instanceof ObjectNode its ? its : answer;
        Table table = new Table("Until", Api.text(made, "Expiration"));
        AccountTables.addSecret(table, made);
        program().print(made, table.row("Token", Api.text(made, "SecurityToken")));
        return 0;
    }
}
