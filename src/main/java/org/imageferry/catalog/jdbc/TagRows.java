package org.imageferry.catalog.jdbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Tags;

/// How the tags of images and snapshots lie in their rows.
final class TagRows {
    private TagRows() {}

    /// What stands in each row of a tag beside it.
    record Resource(ResourceId id, AccountId account, RegionId region, Instant created) {}

    private record Row(String id, String key, String value) {}

    /// Those of the resources that have any, by the resource's id.
    ///
    static Map<String, Tags> load(Sql sql, ResourceType type, List<String> ids) {
        String kind = type.text();
        Map<String, Map<String, String>> found = new HashMap<>();
        sql.list(
                        "select %1$s, key, value from %1$s_tag where %2$s order by %1$s, position"
                                .formatted(kind, sql.dialect().in(kind)),
                        row -> new Row(row.getString(1), row.getString(2), row.getString(3)),
                        sql.dialect().members(ids))
                .forEach(row ->
                        found.computeIfAbsent(row.id(), _ -> new LinkedHashMap<>())
                                .put(row.key(), row.value()));
        Map<String, Tags> tags = new HashMap<>();
        found.forEach((id, all) -> tags.put(id, new Tags(all)));
        return tags;
    }

    /// Writes the tags of a resource that has none in the table.
    static void insert(Sql sql, Resource resource, Tags tags) {
        List<Object[]> rows = new ArrayList<>();
        tags.all()
                .forEach((key, value) ->
                        rows.add(
                                new Object[] {
                                    resource.id(),
                                    key,
                                    value,
                                    rows.size(),
                                    resource.account(),
                                    resource.region(),
                                    resource.created()
                                }));
        sql.changeEach(
                "insert into %s_tag values (?, ?, ?, ?, ?, ?, ?)"
                        .formatted(resource.id().type().text()),
                rows);
    }
}
