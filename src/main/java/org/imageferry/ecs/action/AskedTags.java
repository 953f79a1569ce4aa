package org.imageferry.ecs.action;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.imageferry.catalog.TaggedResources.Match;
import org.imageferry.catalog.TaggedResources.Wanted;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.TagErrors;

/// Reads the parameters of the actions about tags. What is missing has codes of its own there. Source:
/// ECS API 2014-05-26, TagResources, UntagResources, ListTagResources.
record AskedTags(Parameters parameters) {
    private static final int MOST_RESOURCES = 50;

    RegionId region(RegionMap regions) {
        if (parameters.find("RegionId").isEmpty()) {
            throw new EcsException(TagErrors.NO_REGION);
        }
        return Asked.region(parameters, regions);
    }

    /// @return nothing for a type of which there is nothing here
    Optional<ResourceType> type() {
        return TaggedTypes.of(
                parameters
                        .find("ResourceType")
                        .orElseThrow(() -> new EcsException(TagErrors.NO_TYPE)));
    }

    /// The values of `ResourceId.N`.
    Set<String> resources() {
        Set<String> ids = values("ResourceId");
        if (ids.size() > MOST_RESOURCES) {
            throw new EcsException(TagErrors.TOO_MANY_RESOURCES);
        }
        return ids;
    }

    /// The values of `ResourceId.N`, of which there must be one at least, as ids.
    Set<ResourceId> resourceIds() {
        Set<String> texts = resources();
        if (texts.isEmpty()) {
            parameters.require("ResourceId.1");
        }
        Optional<ResourceType> type = type();
        Set<ResourceId> ids = new LinkedHashSet<>();
        texts.forEach(text -> ids.add(id(type, text)));
        return ids;
    }

    /// The value of `ResourceId`.
    ResourceId resourceId() {
        return id(type(), parameters.require("ResourceId"));
    }

    private static ResourceId id(Optional<ResourceType> type, String text) {
        try {
            return type.map(it -> it.id(text)).orElseThrow(() -> unknown(text));
        } catch (RefusedException _) {
            throw unknown(text);
        }
    }

    private static EcsException unknown(String text) {
        return new EcsException(
                TagErrors.UNKNOWN_RESOURCE.advising(
                        "There is no such resource: \"" + text + "\"."));
    }

    /// The values of `TagKey.N`.
    Set<String> keys() {
        Set<String> keys = values("TagKey");
        if (keys.size() > Tags.MOST) {
            throw new EcsException(TagErrors.TOO_MANY_TAGS);
        }
        return keys;
    }

    private Set<String> values(String name) {
        Set<String> values = new LinkedHashSet<>();
        for (SortedMap<String, String> item : parameters.list(name).values()) {
            String value = item.getOrDefault("", "");
            if (!value.isEmpty()) {
                values.add(value);
            }
        }
        return values;
    }

    /// The tags of `Tag.N`, of which there must be one at least.
    Tags tags() {
        Map<String, String> tags = pairs(new EcsException(TagErrors.TAG_WITHOUT_KEY));
        if (tags.isEmpty()) {
            throw new EcsException(TagErrors.NO_TAGS);
        }
        return new Tags(tags);
    }

    /// The tags of `Tag.N` to look for; without a value any will do.
    ///
    /// @param alone what to throw for a value without a key
    List<Wanted> wanted(EcsException alone) {
        return pairs(alone).entrySet().stream()
                .filter(tag -> !tag.getKey().isEmpty())
                .map(tag -> wanted(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static Wanted wanted(String key, String value) {
        List<Match> values = value.isEmpty() ? List.of() : List.of(new Match.Exactly(value));
        return new Wanted(new Match.Exactly(key), values);
    }

    private Map<String, String> pairs(EcsException alone) {
        var items = parameters.list("Tag").values();
        if (items.size() > Tags.MOST) {
            throw new EcsException(TagErrors.TOO_MANY_TAGS);
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        for (SortedMap<String, String> item : items) {
            String key = item.getOrDefault("Key", "");
            String value = item.getOrDefault("Value", "");
            if (key.isEmpty() && !value.isEmpty()) {
                throw alone;
            }
            if (pairs.putIfAbsent(key, value) != null) {
                throw new EcsException(TagErrors.TAG_TWICE);
            }
        }
        return pairs;
    }
}
