package org.imageferry.records;

import java.time.Instant;
import java.util.List;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What records of all kinds have in common.
final class RecordJson {
    private static final JsonMapper JSON = new JsonMapper();

    private RecordJson() {}

    /// A record that tells nothing yet.
    static ObjectNode of(TellsOf kind, String id, long revision) {
        ObjectNode record = JSON.createObjectNode();
        record.put("kind", kind.text());
        record.put("id", id);
        record.put("revision", revision);
        return record;
    }

    /// Tells that what it is about is gone.
    static ObjectNode gone(TellsOf kind, String id, long revision) {
        return of(kind, id, revision).put("deleted", true);
    }

    static void put(ObjectNode record, Instant created) {
        record.put("created", created.toString());
    }

    /// The regions whose stores tell of what belongs to no region: all that have a store.
    static List<RegionId> everywhere(Tables tables) {
        return tables.regions().all().stream()
                .filter(region -> tables.regions().generation(region) > 0)
                .toList();
    }
}
