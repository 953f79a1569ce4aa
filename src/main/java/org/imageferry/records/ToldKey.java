package org.imageferry.records;

import java.time.Instant;
import java.util.List;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;

/// What the record of a key tells.
public record ToldKey(KmsKey key, WrappedKey material, List<KeyAlias> aliases) {
    /// @param region whose store has the record
    public static ToldKey of(StoredRecord record, RegionId region) {
        Fields fields = record.fields();
        KmsKey key =
                new KmsKey(
                        new KeyId(record.id()),
                        new AccountId(fields.text("account")),
                        region,
                        fields.text("description", ""),
                        state(fields),
                        fields.instant("created"),
                        fields.flag("service", false),
                        fields.flag("granted", false));
        return new ToldKey(
                key,
                new WrappedKey(fields.text("material")),
                fields.texts("aliases").stream().map(KeyAlias::new).toList());
    }

    private static KeyState state(Fields fields) {
        if (fields.flag("enabled", false)) {
            return new KeyState.Enabled();
        }
        return fields.optional("deletion")
                .<KeyState>map(at -> new KeyState.PendingDeletion(Instant.parse(at)))
                .orElseGet(KeyState.Disabled::new);
    }
}
