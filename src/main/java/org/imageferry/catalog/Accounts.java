package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Quota;

/// Accounts and the access keys that speak for them.
public interface Accounts {
    /// @param wrappedSecret the secret as the master key wrapped it, in base64; never the secret itself
    record AccessKey(String id, AccountId account, String wrappedSecret, boolean active) {
        @Override
        public String toString() {
            return "AccessKey[" + id + " of " + account + "]";
        }
    }

    void add(AccountId account, String name);

    List<AccountId> all();

    /// Whether there is such an account that was not deleted.
    boolean exists(AccountId account);

    /// Whether it takes part in public images: makes some, and sees those of others.
    boolean publicImages(AccountId account);

    /// How much of this the account may have: what was set for it, else the preset.
    long quota(AccountId account, Quota quota);

    void setQuota(AccountId account, Quota quota, long most);

    void add(AccessKey key);

    Optional<AccessKey> key(String id);
}
