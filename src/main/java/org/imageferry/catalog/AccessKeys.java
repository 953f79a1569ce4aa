package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.AccountId;

/// The permanent access keys of all accounts.
public interface AccessKeys {
    /// @param wrappedSecret the secret as the master key wrapped it, in base64; never the secret itself
    record Kept(AccessKey key, String wrappedSecret) {
        @Override
        public String toString() {
            return "Kept[" + key + ", ***]";
        }
    }

    void add(Kept key);

    Optional<Kept> find(AccessKeyId id);

    /// The oldest of all that there are.
    Optional<Kept> oldest();

    /// Of all accounts, by id.
    List<Kept> all();

    /// Those of the account and of its users, oldest first, then by id.
    List<AccessKey> of(AccountId account);

    /// Whether it is active.
    void update(AccessKey key);

    /// The same secret, wrapped by another master key.
    void rewrap(AccessKeyId id, String wrappedSecret);

    void delete(AccessKeyId id);
}
