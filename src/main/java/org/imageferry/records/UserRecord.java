package org.imageferry.records;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserPolicy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the record of an account's user, with policies and access keys; all stores have it, as they
/// have the account's. Users have records of their own because an account may have a thousand, each
/// with policies of some 60 KiB.
public final class UserRecord {
    private UserRecord() {}

    /// The user is new, or was changed.
    public static void changed(Tables tables, UserId id) {
        String body = body(tables, id, tables.users().raise(id));
        RecordJson.everywhere(tables)
                .forEach(region -> tables.outbox().add(region, id.value(), body));
    }

    /// The user is about to go. One that goes with its account needs no record of that.
    public static void deleted(Tables tables, UserId id) {
        String body =
                RecordJson.gone(TellsOf.USER, id.value(), tables.users().raise(id)).toString();
        RecordJson.everywhere(tables)
                .forEach(region -> tables.outbox().add(region, id.value(), body));
    }

    /// Tells one region's store, which knows nothing of the user yet.
    static void tell(Tables tables, UserId id, RegionId region) {
        long told = tables.users().revision(id);
        long revision = told > 0 ? told : tables.users().raise(id);
        tables.outbox().add(region, id.value(), body(tables, id, revision));
    }

    private static String body(Tables tables, UserId id, long revision) {
        User user = tables.users().find(id).orElseThrow();
        ObjectNode record = RecordJson.of(TellsOf.USER, id.value(), revision);
        record.put("account", user.account().value());
        record.put("name", user.name().value());
        RecordJson.put(record, user.created());
        ArrayNode policies = record.putArray("policies");
        tables.users().policies(id).forEach(policy -> put(policies.addObject(), policy));
        KeyJson.put(tables, record, user.account(), Optional.of(id));
        return record.toString();
    }

    private static void put(ObjectNode json, UserPolicy policy) {
        json.put("name", policy.name().value());
        json.put("document", policy.document());
        RecordJson.put(json, policy.created());
    }
}
