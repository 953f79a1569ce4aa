package org.imageferry.kms.local;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;

/// Where the embedded key service keeps its keys: durable, and each change whole or not at all, as if no
/// other were under way.
public interface KeyRecords {
    <T> T read(Function<Table, T> look);

    /// @param change may be run again, so all it does is in the table
    <T> T change(Function<Table, T> change);

    /// The keys as one transaction sees them. Good only until that ends.
    interface Table {
        /// The same throughout a transaction.
        Instant now();

        Optional<KmsKey> find(KeyId id);

        /// The key itself, as the master key wrapped it.
        Optional<WrappedKey> material(KeyId id);

        /// Oldest first, then by id.
        List<KmsKey> list(AccountId account, RegionId region);

        void insert(KmsKey key, WrappedKey material);

        void update(KmsKey key);

        /// With its aliases.
        void delete(KeyId id);

        /// Keys that wait for their deletion.
        List<KmsKey> pendingDeletion();

        Optional<KeyId> find(AccountId account, RegionId region, KeyAlias alias);

        void insert(KeyAlias alias, KmsKey key);

        void delete(AccountId account, RegionId region, KeyAlias alias);

        /// By name.
        List<KeyAlias> aliases(KeyId key);
    }
}
