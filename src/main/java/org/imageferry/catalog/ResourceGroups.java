package org.imageferry.catalog;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;

/// The groups that accounts have made. An account's default group is in no list: it is there by itself.
public interface ResourceGroups {
    /// @param name unique within the account
    record ResourceGroup(
            ResourceGroupId id,
            AccountId account,
            ResourceGroupName name,
            String displayName,
            Instant created) {}

    /// @return false if the account has a group of this name
    boolean add(ResourceGroup group);

    Optional<ResourceGroup> find(ResourceGroupId id);

    /// Oldest first, then by id.
    Page<ResourceGroup> list(AccountId account, int offset, int limit);

    /// @return false if there are images or snapshots in it
    boolean delete(ResourceGroupId id);
}
