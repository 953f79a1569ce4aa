package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.cli.Followed.Outcome;
import org.imageferry.cli.Interruption.Guard;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "verify",
        description = "Has all blocks of an image, or of all images, read and checked.")
final class VerifyCommand extends FerryCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "IMAGE",
            description = "The image's id. Default: all that the account has.")
    private String image = "";

    @Mixin private RegionOption region = new RegionOption();

    @Override
    String attempt() {
        return "verify " + (image.isEmpty() ? "images" : image) + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<Followed> tasks = new ArrayList<>();
        for (String each : where(api)) {
            Call call = Call.own("VerifyImages").with("RegionId", each);
            ObjectNode started = api.call(CallParts.ifGiven(call, "ImageId", image));
            tasks.add(new Followed.Task(each, each, Api.text(started, "TaskId")));
        }
        List<Outcome> outcomes;
        Surroundings surroundings = program().surroundings();
        try (Guard _ =
                surroundings.whenInterrupted(
                        "the check goes on; follow it with: imageferry queue --watch")) {
            outcomes = new Follower(surroundings, api, tasks).follow();
        }
        return report(tasks, outcomes);
    }

    private List<String> where(Api api) throws EcsFailure, CommandFailure {
        List<String> regions = region.regions(api);
        return image.isEmpty() ? regions : List.of(Api.text(api.image(image, regions), "RegionId"));
    }

    private int report(List<Followed> tasks, List<Outcome> outcomes) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        Table table = new Table("REGION", "RESULT");
        boolean wrong = false;
        for (int index = 0; index < tasks.size(); index++) {
            ObjectNode result =
                    all.addObject()
                            .put("RegionId", tasks.get(index).region())
                            .put("ImageId", image);
            switch (outcomes.get(index)) {
                case Outcome.Good good -> {
                    result.put("Status", "Finished").set("Task", good.facts());
                    table.row(tasks.get(index).region(), "all blocks are good");
                }
                case Outcome.Failed failed -> {
                    wrong = true;
                    result.put("Status", "Failed").put("Reason", failed.reason());
                    table.row(tasks.get(index).region(), failed.reason());
                }
            }
        }
        program().print(all, table);
        return wrong ? Failures.FAILED : 0;
    }
}
