package org.imageferry.cli;

import java.util.List;
import java.util.Optional;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "set",
        description = {
            "Changes what is allowed in a region; needs an administrator.",
            "What is not given stays. Copies that were accepted before go on."
        })
final class RegionSetCommand extends FerryCommand {
    @Parameters(paramLabel = "REGION", description = "The region.")
    private String region = "";

    @Option(
            names = "--copying",
            arity = "1",
            paramLabel = "BOOLEAN",
            description = "Whether images may be copied from it and into it: true or false.")
    private Optional<Boolean> copying = Optional.empty();

    @Option(
            names = "--customer-keys",
            arity = "1",
            paramLabel = "BOOLEAN",
            description =
                    "Whether copies in it may be encrypted with keys of their account: true or"
                            + " false.")
    private Optional<Boolean> customerKeys = Optional.empty();

    @Option(
            names = "--oldest-snapshot",
            paramLabel = "TIME",
            description =
                    "Images of snapshots that were made before are not copied from it; such as"
                            + " 2013-07-15T00:00:00Z.")
    private String oldestSnapshot = "";

    @Option(
            names = "--bar",
            paramLabel = "REGION",
            description = "Copy nothing from it to there; can be given many times.")
    private List<String> bar = List.of();

    @Option(
            names = "--allow",
            paramLabel = "REGION",
            description = "Copy to there again; can be given many times.")
    private List<String> allow = List.of();

    @Override
    String attempt() {
        return "change the rules of " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Call call = Call.own("ModifyRegionRules").with("RegionId", region);
        call = flag(call, "Copying", copying);
        call = flag(call, "CustomerKeys", customerKeys);
        call = CallParts.ifGiven(call, "OldestSnapshot", oldestSnapshot);
        call = CallParts.list(call, "BarDestination", bar);
        call = CallParts.list(call, "AllowDestination", allow);
        ObjectNode rules = program().api().call(call);
        program().print(rules, RuleTable.of(List.of(rules)));
        return 0;
    }

    private static Call flag(Call call, String name, Optional<Boolean> value) {
        return value.map(it -> call.with(name, it.toString())).orElse(call);
    }
}
