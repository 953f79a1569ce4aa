package org.imageferry.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "copy",
        description = {
            "Copies an image into other regions, and shows how the copies come along.",
            "Ctrl-C only stops looking: the copies go on."
        })
final class CopyCommand extends FerryCommand {
    @Parameters(paramLabel = "IMAGE", description = "The source image's id.")
    private String image = "";

    @Option(
            names = "--from",
            required = true,
            paramLabel = "REGION",
            description = "The region that has the image.")
    private String source = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "REGION",
            description = "A region that gets a copy; can be given many times.")
    private List<String> destinations = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The copies' name. Default: the server makes one up.")
    private String name = "";

    @Option(names = "--description", paramLabel = "TEXT", description = "What the copies are.")
    private String description = "";

    @Option(names = "--encrypt", description = "Encrypt the copies.")
    private boolean encrypt;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "The KMS key of the destination region to encrypt with. Default: the account's"
                            + " service key there.")
    private String key = "";

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A tag of the copies; can be given 20 times.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description =
                    "The id of the resource group that the copies are in. Default: the account's"
                            + " default group.")
    private String group = "";

    @Option(
            names = "--check",
            paramLabel = "CHECK",
            description =
                    "What is checked of each block: stored, its stored bytes (default), or content,"
                            + " what they decode to. Both by SHA-256.")
    private String check = "";

    @Option(names = "--detach", description = "End when the copies are accepted.")
    private boolean detach;

    @Option(
            names = "--dry-run",
            description = "Copy nothing; check the request, and say how many bytes would move.")
    private boolean dryRun;

    @Override
    String attempt() {
        return "copy %s from %s to %s".formatted(image, source, String.join(", ", destinations));
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        return dryRun ? plan(api) : copy(api);
    }

    private Call call(String destination) {
        Call call =
                Call.ecs("CopyImage")
                        .with("RegionId", source)
                        .with("ImageId", image)
                        .with("DestinationRegionId", destination);
        call = CallParts.ifGiven(call, "DestinationImageName", name);
        call = CallParts.ifGiven(call, "DestinationDescription", description);
        call = CallParts.ifGiven(call, "KMSKeyId", key);
        call = CallParts.ifGiven(call, "ResourceGroupId", group);
        call = CallParts.ifGiven(call, "Check", check);
        return CallParts.tags(encrypt ? call.with("Encrypted", "true") : call, tags);
    }

    private int copy(Api api) throws EcsFailure {
        RegionCopies copies =
                new RegionCopies(program().surroundings(), api, RegionCopies.Kind.IMAGE);
        return copies.print(
                program(), copies.run(new LinkedHashSet<>(destinations), this::call, detach));
    }

    private int plan(Api api) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("REGION", ">CONTENT", ">NEW", ">TO STORE");
        boolean failed = false;
        for (String destination : new ArrayList<>(new LinkedHashSet<>(destinations))) {
            try {
                ObjectNode plan = plan(api, destination);
                all.add(plan);
                table.row(
                        destination,
                        Sizes.bytes(Api.number(plan, "ContentBytes")),
                        Sizes.bytes(Api.number(plan, "NewBytes")),
                        Sizes.bytes(Api.number(plan, "NewStoredBytes")));
            } catch (EcsFailure failure) {
                failed = true;
                all.add(RegionCopies.refused(destination, failure));
                program()
                        .surroundings()
                        .say(RegionCopies.words(destination, Failures.explain(failure)));
            }
        }
        program().print(all, table);
        return failed ? Failures.FAILED : 0;
    }

    /// A dry run that passes is answered by an error with a code of its own.
    private ObjectNode plan(Api api, String destination) throws EcsFailure {
        try {
            api.call(call(destination).with("DryRun", "true"));
            throw new EcsFailure(
                    200,
                    EcsFailure.BAD_ANSWER,
                    "the server copied instead of only checking; 'imageferry queue' shows it",
                    "");
        } catch (EcsFailure answer) {
            if (!answer.code().equals("DryRunOperation")) {
                throw answer;
            }
        }
        Call plan =
                Call.own("PlanCopy")
                        .with("RegionId", source)
                        .with("ImageId", image)
                        .with("DestinationRegionId", destination);
        plan = CallParts.ifGiven(plan, "KMSKeyId", key);
        return api.call(encrypt ? plan.with("Encrypted", "true") : plan)
                .put("RegionId", destination);
    }
}
