package org.imageferry.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;

/// Accounts and what each may have. Those that were deleted are found by their id only.
public interface Accounts {
    /// @return false if another has this name
    boolean add(Account account);

    Optional<Account> find(AccountId id);

    Optional<Account> find(AccountName name);

    /// By id.
    List<AccountId> all();

    /// Oldest first, then by id.
    Page<Account> list(int offset, int limit);

    long administrators();

    /// Name, switches and whether it is an administrator.
    ///
    /// @return false if another has this name
    boolean update(Account account);

    /// Whether it has images, snapshots or open tasks.
    boolean holdsAnything(AccountId id);

    /// Marks it deleted, and takes away its access keys and users.
    void delete(AccountId id);

    /// How much of this the account may have: what was set for it, else the preset.
    long quota(AccountId account, Quota quota);

    /// Those that were set.
    Map<Quota, Long> quotas(AccountId account);

    void setQuota(AccountId account, Quota quota, long most);

    /// How many records there were of the account.
    long revision(AccountId id);

    /// Counts one record more of the account.
    ///
    /// @return how many there were
    long raise(AccountId id);
}
