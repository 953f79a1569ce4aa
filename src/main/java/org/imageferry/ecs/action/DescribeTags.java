package org.imageferry.ecs.action;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.TaggedResources.Census;
import org.imageferry.catalog.TaggedResources.Counted;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceType;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.TagErrors;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the tags that are in use, and how many images and snapshots have each. Source: ECS API
/// 2014-05-26, DescribeTags. What is not found is an empty list.
final class DescribeTags implements Action {
    private static final int PAGE = 50;

    private final Catalog catalog;
    private final RegionMap regions;

    DescribeTags(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "DescribeTags";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        RegionId region = new AskedTags(request.parameters()).region(regions);
        Optional<Census> census = census(request, region);
        Paging paging = Paging.of(request.parameters(), PAGE);
        return new Prepared(Touched.tagged(region), () -> list(census, paging));
    }

    /// @return nothing if no tag can match
    private static Optional<Census> census(ActionRequest request, RegionId region) {
        Parameters parameters = request.parameters();
        Optional<ResourceType> type = parameters.find("ResourceType").flatMap(TaggedTypes::of);
        boolean absent = parameters.find("ResourceType").isPresent() && type.isEmpty();
        Census census =
                new Census(
                        request.caller().account(),
                        region,
                        type,
                        parameters.find("ResourceId"),
                        new AskedTags(parameters)
                                .wanted(new EcsException(TagErrors.TAG_WITHOUT_KEY)));
        return absent || system(parameters) ? Optional.empty() : Optional.of(census);
    }

    /// Whether it is about tags that the cloud gives by itself, of which there are none here.
    private static boolean system(Parameters parameters) {
        return parameters.text("Category").equalsIgnoreCase("System");
    }

    private ObjectNode list(Optional<Census> census, Paging paging) {
        Page<Counted> page = census.map(it -> count(it, paging)).orElse(new Page<>(List.of(), 0));
        ObjectNode tree = Trees.tree();
        ArrayNode tags = Trees.list(tree, "Tags", "Tag");
        page.items().forEach(tag -> write(tags.addObject(), tag));
        paging.write(tree, page.total());
        return tree;
    }

    private Page<Counted> count(Census census, Paging paging) {
        return catalog.read(
                tables -> tables.tagged().count(census, paging.offset(), paging.size()));
    }

    private static void write(ObjectNode tree, Counted tag) {
        tree.put("TagKey", tag.key());
        tree.put("TagValue", tag.value());
        ObjectNode counts = tree.putObject("ResourceTypeCount");
        counts.put("Image", tag.images());
        counts.put("Snapshot", tag.snapshots());
        for (String none : NONE_HERE) {
            counts.put(none, 0);
        }
    }

    private static final List<String> NONE_HERE =
            List.of(
                    "Instance",
                    "Disk",
                    "Volume",
                    "Securitygroup",
                    "Eni",
                    "Ddh",
                    "KeyPair",
                    "LaunchTemplate",
                    "ReservedInstance",
                    "SnapshotPolicy");
}
