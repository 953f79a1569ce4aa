package org.imageferry.records;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.UserId;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Access keys in the records of their owners.
final class KeyJson {
    private KeyJson() {}

    /// Those of the account itself, or of one of its users; their secrets as the master key wrapped them.
    static void put(Tables tables, ObjectNode record, AccountId account, Optional<UserId> user) {
        ArrayNode all = record.putArray("accessKeys");
        tables.accessKeys().of(account).stream()
                .filter(key -> key.user().equals(user))
                .map(AccessKey::id)
                .flatMap(id -> tables.accessKeys().find(id).stream())
                .forEach(kept -> put(all.addObject(), kept));
    }

    private static void put(ObjectNode record, AccessKeys.Kept kept) {
        record.put("id", kept.key().id().value());
        record.put("secret", kept.wrappedSecret());
        record.put("active", kept.key().active());
        RecordJson.put(record, kept.key().created());
    }

    static List<AccessKeys.Kept> of(Fields record, AccountId account, Optional<UserId> user) {
        return record.objects("accessKeys").stream().map(key -> key(key, account, user)).toList();
    }

    private static AccessKeys.Kept key(Fields json, AccountId account, Optional<UserId> user) {
        return new AccessKeys.Kept(
                new AccessKey(
                        new AccessKeyId(json.text("id")),
                        account,
                        user,
                        json.flag("active", true),
                        json.instant("created")),
                json.text("secret"));
    }
}
