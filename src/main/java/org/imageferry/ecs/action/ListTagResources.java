package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.TaggedResources;
import org.imageferry.catalog.TaggedResources.Query;
import org.imageferry.catalog.TaggedResources.Tagged;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.Action;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Prepared;
import org.imageferry.ecs.TagErrors;
import org.imageferry.ecs.Touched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists the tags of images or snapshots: of those that are named, that have tags, or both. Source: ECS
/// API 2014-05-26, ListTagResources.
///
/// The page does not say how many come at once. Here it is as many as `MaxResults` says and, unless it
/// does, as many as fifty resources can have, so that whoever names some gets all in one answer.
final class ListTagResources implements Action {
    private static final int MOST_AT_ONCE = 1_000;

    private final Catalog catalog;
    private final RegionMap regions;

    ListTagResources(Engine engine) {
        this.catalog = engine.catalog();
        this.regions = engine.regions();
    }

    @Override
    public String name() {
        return "ListTagResources";
    }

    @Override
    public Prepared prepare(ActionRequest request) {
        AskedTags asked = new AskedTags(request.parameters());
        RegionId region = asked.region(regions);
        Optional<Query> query =
                asked.type()
                        .map(type ->
                                new Query(
                                        request.caller().account(),
                                        region,
                                        type,
                                        asked.resources(),
                                        wanted(asked)));
        Optional<TagToken> from = TagToken.of(request.parameters());
        int most = (int) request.parameters().number("MaxResults", 1, MOST_AT_ONCE, MOST_AT_ONCE);
        return new Prepared(Touched.tagged(region), () -> list(query, from, most));
    }

    private static List<TaggedResources.Wanted> wanted(AskedTags asked) {
        List<TaggedResources.Wanted> tags =
                asked.wanted(new EcsException(TagErrors.VALUE_WITHOUT_KEY));
        List<TaggedResources.Wanted> filters = new TagFilters(asked.parameters()).read();
        if (!tags.isEmpty() && !filters.isEmpty()) {
            throw new EcsException(
                    TagErrors.TAG_WITHOUT_KEY.advising(
                            "Tag.N and TagFilter.N can't be used together."));
        }
        if (tags.isEmpty() && filters.isEmpty() && asked.resources().isEmpty()) {
            throw new EcsException(
                    TagErrors.NO_TAGS.advising("Give ResourceId.N, Tag.N or TagFilter.N."));
        }
        return tags.isEmpty() ? filters : tags;
    }

    private record Listed(Tagged resource, String key, String value) {}

    private ObjectNode list(Optional<Query> query, Optional<TagToken> from, int most) {
        List<Listed> listed = query.map(it -> listed(it, from, most)).orElse(List.of());
        boolean more = listed.size() > most;
        List<Listed> shown = more ? listed.subList(0, most) : listed;
        ObjectNode tree = Trees.tree();
        tree.put(
                "NextToken",
                more
                        ? TagToken.behind(shown.getLast().resource(), shown.getLast().key()).text()
                        : "");
        ArrayNode tags = Trees.list(tree, "TagResources", "TagResource");
        for (Listed tag : shown) {
            ObjectNode item = tags.addObject();
            item.put("ResourceType", tag.resource().id().type().text());
            item.put("ResourceId", tag.resource().id().value());
            item.put("TagKey", tag.key());
            item.put("TagValue", tag.value());
        }
        return tree;
    }

    /// One more than asked for, at least, if there are as many: each resource has a tag, and of the
    /// first all may have been listed before.
    private List<Listed> listed(Query query, Optional<TagToken> from, int most) {
        List<Tagged> found =
                catalog.read(
                        tables -> tables.tagged().list(query, from.map(TagToken::place), most + 2));
        List<Listed> listed = new ArrayList<>();
        for (Tagged resource : found) {
            new TreeMap<>(resource.tags().all())
                    .forEach((key, value) -> {
                        if (from.filter(token -> token.passed(resource, key)).isEmpty()) {
                            listed.add(new Listed(resource, key, value));
                        }
                    });
        }
        return listed;
    }
}
