package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "share",
        description = {
            "Lets other accounts see an image, and lists those that do.",
            "They may copy it within its region; without options it only lists."
        })
final class ShareCommand extends FerryCommand {
    /// The most that DescribeImageSharePermission gives at once.
    private static final int PAGE = 100;

    private static final int MOST_PAGES = 1_000;

    @Mixin private ImageInRegion image = new ImageInRegion();

    @Option(
            names = "--with",
            paramLabel = "ACCOUNT",
            description = "An account that is to see it; can be given 10 times.")
    private List<String> with = List.of();

    @Option(
            names = "--remove",
            paramLabel = "ACCOUNT",
            description = "An account that is to see it no more; can be given 10 times.")
    private List<String> remove = List.of();

    @Option(names = "--public", description = "Let everybody see it, but not copy it.")
    private boolean everybody;

    @Option(names = "--private", description = "Let not everybody see it any more.")
    private boolean nobody;

    @Override
    String attempt() {
        return "share " + image;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        if (everybody && nobody) {
            throw new CommandFailure("say --public or --private, and not both");
        }
        Api api = program().api();
        Call share = CallParts.list(call("ModifyImageSharePermission"), "AddAccount", with);
        share = CallParts.list(share, "RemoveAccount", remove);
        if (everybody || nobody) {
            share = share.with("IsPublic", Boolean.toString(everybody));
        }
        if (!share.equals(call("ModifyImageSharePermission"))) {
            api.call(share);
        }
        print(api);
        return 0;
    }

    private Call call(String action) {
        return image.about(Call.ecs(action));
    }

    private void print(Api api) throws EcsFailure {
        ObjectNode first = page(api, 1);
        List<ObjectNode> accounts = new ArrayList<>(Api.each(first, "Accounts", "Account"));
        for (int number = 2;
                number <= MOST_PAGES && accounts.size() < Api.number(first, "TotalCount");
                number++) {
            accounts.addAll(Api.each(page(api, number), "Accounts", "Account"));
        }
        Table table = new Table("ACCOUNT", "SINCE");
        if (!Api.each(first, "ShareGroups", "ShareGroup").isEmpty()) {
            table.row("everybody", "");
        }
        accounts.forEach(account ->
                table.row(Api.text(account, "AliyunId"), Api.text(account, "SharedTime")));
        first.putObject("Accounts").putArray("Account").addAll(accounts);
        first.remove(List.of("RequestId", "PageNumber", "PageSize"));
        program().print(first, table);
    }

    private ObjectNode page(Api api, int number) throws EcsFailure {
        return api.call(
                call("DescribeImageSharePermission")
                        .with("PageSize", PAGE)
                        .with("PageNumber", number));
    }
}
