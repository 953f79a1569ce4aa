package org.imageferry.records;

import java.util.LinkedHashMap;
import java.util.Map;
import org.imageferry.domain.Tags;
import tools.jackson.databind.node.ObjectNode;

/// Tags in records: an object, its members in the order of the tags.
final class TagJson {
    private TagJson() {}

    static void put(ObjectNode record, Tags tags) {
        ObjectNode all = record.putObject("tags");
        tags.all().forEach(all::put);
    }

    static Tags of(Fields record) {
        Map<String, String> tags = new LinkedHashMap<>();
        record.members("tags")
                .forEach((key, value) -> {
                    Fields.require(value.isString(), "tags", "no object of texts");
                    tags.put(key, value.stringValue());
                });
        return new Tags(tags);
    }
}
