package org.imageferry.catalog.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.ResourceType;
import org.imageferry.domain.Tags;

/// How the tags of images and snapshots lie in their rows.
final class TagRows {
    private TagRows() {}

    private record Row(String id, String key, String value) {}

    /// Those of the resources that have any, by the resource's id.
    static Map<String, Tags> load(Sql sql, ResourceType type, List<String> ids) {
        String kind = type.text();
        Map<String, Map<String, String>> found = new HashMap<>();
        sql.list(
                        ("select " + kind + ", key, value from " + kind + "_tag where ")
                                + (sql.dialect().in(kind) + " order by " + kind + ", position"),
                        row -> new Row(row.getString(1), row.getString(2), row.getString(3)),
                        sql.dialect().members(ids))
                .forEach(row ->
                        found.computeIfAbsent(row.id(), _ -> new LinkedHashMap<>())
                                .put(row.key(), row.value()));
        Map<String, Tags> tags = new HashMap<>();
        found.forEach((id, all) -> tags.put(id, new Tags(all)));
        return tags;
    }

    /// Writes the tags of a resource that has none in the table. What is looked for by stands in the
    /// tag's row too: it is taken from the resource's own, which must be there.
    static void insert(Sql sql, ResourceId id, Tags tags) {
        List<Object[]> rows = new ArrayList<>();
        tags.all().forEach((key, value) -> rows.add(new Object[] {key, value, rows.size(), id}));
        String inherited =
                switch (id.type()) {
                    case IMAGE -> "account, region, created, state";
                    case SNAPSHOT -> "account, region, created";
                };
        sql.changeEach(
                "insert into %1$s_tag select id, ?, ?, ?, %2$s from %1$s where id = ?"
                        .formatted(id.type().text(), inherited),
                rows);
    }
}
