package org.imageferry.records;

import java.time.Instant;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KmsKey;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the record by which a store describes a key of its region's embedded key service: with it and
/// the master key, what is sealed there can be read though the catalog is lost.
public final class KeyRecord {
    private KeyRecord() {}

    /// The key is new, or was changed: enters its record as the catalog now has it.
    public static void changed(Tables tables, KeyId id) {
        KmsKey key = tables.kmsKeys().find(id).orElseThrow();
        ObjectNode record = RecordJson.of(TellsOf.KEY, id.value(), tables.kmsKeys().raise(id));
        record.put("account", key.account().value());
        record.put("description", key.description());
        record.put("created", key.created().toString());
        record.put("service", key.service());
        record.put("granted", key.granted());
        record.put("enabled", key.state() instanceof KeyState.Enabled);
        if (key.state() instanceof KeyState.PendingDeletion(Instant at)) {
            record.put("deletion", at.toString());
        }
        ArrayNode aliases = record.putArray("aliases");
        tables.kmsKeys().aliases(id).forEach(alias -> aliases.add(alias.value()));
        record.put("material", tables.kmsKeys().material(id).orElseThrow().text());
        tables.outbox().add(key.region(), id.value(), record.toString());
    }

    /// The key is about to go.
    public static void deleted(Tables tables, KeyId id) {
        KmsKey key = tables.kmsKeys().find(id).orElseThrow();
        ObjectNode record = RecordJson.gone(TellsOf.KEY, id.value(), tables.kmsKeys().raise(id));
        tables.outbox().add(key.region(), id.value(), record.toString());
    }
}
