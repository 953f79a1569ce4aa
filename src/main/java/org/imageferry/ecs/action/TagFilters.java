package org.imageferry.ecs.action;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.imageferry.catalog.TaggedResources.Match;
import org.imageferry.catalog.TaggedResources.Wanted;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.TagErrors;

/// `TagFilter.N.TagKey` and `TagFilter.N.TagValues.N`: tags that are not known exactly. A key with a `*`
/// stands alone; a key without may have values, one of which must match. Source: ECS API 2014-05-26,
/// ListTagResources, TagFilter.N.TagKey.
record TagFilters(Parameters parameters) {
    private static final int MOST = 5;

    List<Wanted> read() {
        List<Wanted> wanted = new ArrayList<>();
        parameters.list("TagFilter").values().forEach(item -> wanted.add(wanted(item)));
        if (wanted.size() > MOST) {
            throw new EcsException(
                    TagErrors.TAG_COUNT.advising("At most " + MOST + " TagFilter.N."));
        }
        return wanted;
    }

    private static Wanted wanted(SortedMap<String, String> item) {
        String key = item.getOrDefault("TagKey", "");
        List<Match> values = new ArrayList<>();
        item.forEach((field, value) -> {
            if (field.regionMatches(true, 0, "TagValues.", 0, "TagValues.".length())
                    && !value.isEmpty()) {
                values.add(match(value));
            }
        });
        if (key.isEmpty() || (key.contains("*") && !values.isEmpty())) {
            throw new EcsException(
                    TagErrors.TAG_WITHOUT_KEY.advising(
                            "TagFilter.N.TagValues.N stand with an exact TagFilter.N.TagKey."));
        }
        if (values.size() > MOST) {
            throw new EcsException(
                    TagErrors.TAG_COUNT.advising("At most " + MOST + " TagFilter.N.TagValues.N."));
        }
        return new Wanted(match(key), values);
    }

    private static Match match(String text) {
        return text.contains("*") ? new Match.Like(text) : new Match.Exactly(text);
    }
}
