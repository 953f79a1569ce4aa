package org.imageferry.domain;

import java.util.Optional;

/// Within what blocks are shared: an account's own in one region, apart for each version of a key that
/// they are sealed under. Nobody can probe what others store.
///
/// @param key empty if the blocks are not sealed
public record Scope(AccountId account, RegionId region, Optional<KeyVersion> key) {
    /// The scope of what is not sealed.
    public Scope(AccountId account, RegionId region) {
        this(account, region, Optional.empty());
    }

    @Override
    public String toString() {
        return account + "/" + region + key.map(version -> "/" + version).orElse("");
    }
}
