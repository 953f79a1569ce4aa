package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ObjectNode;

/// Keys, as commands ask for them and show them.
final class KeyTable {
    private KeyTable() {}

    static Table of(List<ObjectNode> keys) {
        Table table = new Table("KEY", "STATE", "IMAGE SERVICE", "MADE BY", "CREATED", "FOR");
        keys.forEach(key ->
                table.row(
                        Api.text(key, "KeyId"),
                        state(key),
                        Api.text(key, "ImageServiceUse"),
                        Api.text(key, "Creator").equals("Ecs") ? "the service" : "the account",
                        Api.text(key, "CreationDate"),
                        Api.text(key, "Description")));
        return table;
    }

    private static String state(ObjectNode key) {
        String deletion = Api.text(key, "DeleteDate");
        return Api.text(key, "KeyState") + (deletion.isEmpty() ? "" : " at " + deletion);
    }

    static ObjectNode metadata(ObjectNode answer) {
        return answer.get("KeyMetadata") instanceof ObjectNode key ? key : answer;
    }

    static ObjectNode describe(Api api, String region, String key) throws EcsFailure {
        return metadata(
                api.call(Call.kms("DescribeKey").with("RegionId", region).with("KeyId", key)));
    }
}
