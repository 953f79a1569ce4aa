package org.imageferry.catalog.jdbc;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.Tags;

/// How the tags of images and snapshots lie in their rows.
final class TagRows {
    private TagRows() {}

    private record Row(String id, String key, String value) {}

    /// Those of the resources that have any, by the resource's id.
    ///
    /// @param kind `image` or `snapshot`
    static Map<String, Tags> load(Sql sql, String kind, List<String> ids) {
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
}
