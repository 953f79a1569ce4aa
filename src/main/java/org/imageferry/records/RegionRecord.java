package org.imageferry.records;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the record of what an administrator allows in a region; its own store has it.
public final class RegionRecord {
    private RegionRecord() {}

    /// The region's rules are others from now on.
    public static void changed(Tables tables, RegionId id) {
        RegionRules rules = tables.regions().rules(id);
        ObjectNode record = RecordJson.of(TellsOf.REGION, id.value(), tables.regions().raise(id));
        record.put("copying", rules.copying());
        record.put("customerKeys", rules.customerKeys());
        record.put("oldestSnapshot", rules.oldestSnapshot().toString());
        ArrayNode barred = record.putArray("barredDestinations");
        rules.barredDestinations().stream().map(RegionId::value).sorted().forEach(barred::add);
        tables.outbox().add(id, id.value(), record.toString());
    }
}
