package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists the account's groups, its default group first.")
final class GroupListCommand extends FerryCommand {
    private static final int PAGE = 100;

    /// An account has a thousand groups at most.
    private static final int MOST_PAGES = 11;

    @Override
    String attempt() {
        return "list groups";
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        List<ObjectNode> groups = groups(program().api());
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        groups.forEach(all::add);
        program().print(all, GroupTable.of(groups));
        return 0;
    }

    private static List<ObjectNode> groups(Api api) throws EcsFailure {
        List<ObjectNode> groups = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Call list =
                    Call.resourceManager("ListResourceGroups")
                            .with("PageNumber", page)
                            .with("PageSize", PAGE);
            List<ObjectNode> found = Api.each(api.call(list), "ResourceGroups", "ResourceGroup");
            groups.addAll(found);
            if (found.size() < PAGE) {
                break;
            }
        }
        return groups;
    }
}
