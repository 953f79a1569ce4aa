package org.imageferry.records;

import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;

/// An access key is told of in the record of its owner: a user, or the account itself.
public final class OwnerRecord {
    private OwnerRecord() {}

    /// The key is new, was changed or deleted.
    public static void changed(Tables tables, AccessKey key) {
        key.user()
                .ifPresentOrElse(
                        user -> UserRecord.changed(tables, user),
                        () -> AccountRecord.changed(tables, key.account()));
    }
}
