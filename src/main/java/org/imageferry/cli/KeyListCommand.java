package org.imageferry.cli;

import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@Command(name = "list", description = "Lists the account's keys in a region, oldest first.")
final class KeyListCommand extends FerryCommand {
    private static final int PAGE = 100;

    /// An account has a thousand keys in a region at most, and the service's own.
    private static final int MOST_PAGES = 11;

    @Option(
            names = "--region",
            required = true,
            paramLabel = "REGION",
            description = "The region that has them.")
    private String region = "";

    @Override
    String attempt() {
        return "list keys in " + region;
    }

    @Override
    int run() throws EcsFailure, CommandFailure {
        Api api = program().api();
        List<ObjectNode> keys = new ArrayList<>();
        for (String id : ids(api)) {
            keys.add(KeyTable.describe(api, region, id));
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        keys.forEach(all::add);
        program().print(all, KeyTable.of(keys));
        return 0;
    }

    private List<String> ids(Api api) throws EcsFailure {
        List<String> ids = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            Call list =
                    Call.kms("ListKeys")
                            .with("RegionId", region)
                            .with("PageNumber", page)
                            .with("PageSize", PAGE);
            List<ObjectNode> found = Api.each(api.call(list), "Keys", "Key");
            found.forEach(key -> ids.add(Api.text(key, "KeyId")));
            if (found.size() < PAGE) {
                break;
            }
        }
        return ids;
    }
}
