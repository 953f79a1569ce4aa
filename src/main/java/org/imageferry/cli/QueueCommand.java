package org.imageferry.cli;

import java.time.Duration;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "queue",
        description = "Lists what is under way and what waits: copies, imports, exports, checks.")
final class QueueCommand extends FerryCommand {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String CLEAR_SCREEN = "\u001b[H\u001b[J";

    @Mixin private RegionOption region = new RegionOption();

    @Option(names = "--watch", description = "Print it again every second, until Ctrl-C.")
    private boolean watch;

    @Override
    String attempt() {
        return "list the queue" + region.words();
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        Interruption interruption = program().surroundings().interruption();
        look(api);
        while (watch) {
            interruption.rest(BETWEEN_LOOKS);
            if (interruption.happened()) {
                return Failures.INTERRUPTED;
            }
            look(api);
        }
        return 0;
    }

    private void look(Api api) throws EcsFailure {
        ObjectNode answer = api.call(region.narrow(Call.own("DescribeQueue")));
        Table table =
                new Table(
                        "REGION", "TASK", "ACTION", "IMAGE", "NAME", "STATUS", ">DONE", ">OF",
                        ">NEW", ">LEFT");
        for (ObjectNode queue : Api.each(answer, "Queues", "Queue")) {
            for (ObjectNode task : Api.each(queue, "Tasks", "Task")) {
                add(table, Api.text(queue, "RegionId"), task);
            }
        }
        if (watch && program().surroundings().terminal().colours() && !program().json()) {
            program().surroundings().out().print(CLEAR_SCREEN);
        }
        program().print(answer, table);
    }

    private static void add(Table table, String region, ObjectNode task) {
        boolean waiting = Api.text(task, "Status").equals("Waiting");
        long left = Api.number(task, "RemainTime");
        table.row(
                region,
                Api.text(task, "TaskId"),
                Api.text(task, "TaskAction"),
                Api.text(task, "ImageId"),
                Api.text(task, "ImageName"),
                Api.text(task, "Status") + (waiting ? " " + Api.number(task, "Position") : ""),
                Api.text(task, "Progress"),
                Sizes.bytes(Api.number(task, "TotalBytes")),
                Sizes.bytes(Api.number(task, "MovedBytes")),
                left > 0 ? Sizes.clock(Duration.ofSeconds(left)) : "");
    }
}
