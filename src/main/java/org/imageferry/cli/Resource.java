package org.imageferry.cli;

import java.util.List;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// An image or a snapshot in a region, which can have tags and be in a group.
///
/// @param type as the API names it
record Resource(String region, String type, String id) {
    static Resource of(String region, String id) throws CommandFailure {
        if (id.startsWith("m-")) {
            return new Resource(region, "image", id);
        }
        if (id.startsWith("s-")) {
            return new Resource(region, "snapshot", id);
        }
        throw new CommandFailure(
                "\""
                        + id
                        + "\" is no id of an image (m-…) or a snapshot (s-…); 'imageferry images"
                        + " --all' lists what there is");
    }

    Call about(Call call) {
        return call.with("RegionId", region).with("ResourceType", type);
    }

    /// Prints the tags that it has.
    void printTags(Imageferry program, Api api) throws EcsFailure {
        Call list = about(Call.ecs("ListTagResources")).with("ResourceId.1", id);
        List<ObjectNode> tags = Api.each(api.call(list), "TagResources", "TagResource");
        ObjectNode result =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("RegionId", region)
                        .put("ResourceType", type)
                        .put("ResourceId", id);
        ArrayNode all = result.putArray("Tags");
        Table table = new Table("KEY", "VALUE");
        for (ObjectNode tag : tags) {
            all.addObject()
                    .put("TagKey", Api.text(tag, "TagKey"))
                    .put("TagValue", Api.text(tag, "TagValue"));
            table.row(Api.text(tag, "TagKey"), Api.text(tag, "TagValue"));
        }
        program.print(result, table);
    }
}
