package org.imageferry.domain;

/// Within what blocks are shared: an account's own in one region. Nobody can probe what others store.
public record Scope(AccountId account, RegionId region) {
    @Override
    public String toString() {
        return account + "/" + region;
    }
}
