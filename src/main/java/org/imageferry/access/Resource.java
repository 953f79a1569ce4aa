package org.imageferry.access;

import org.imageferry.domain.AccountId;

/// What a request touches, as policies name it: `acs:PRODUCT:REGION:ACCOUNT:PATH`. Source: RAM, "Policy
/// elements", Resource.
///
/// @param region `*` where the request does not say which; empty for what is in none, such as users
/// @param path `*` for nothing in particular
public record Resource(String product, String region, AccountId account, String path) {
    private static final String ALL = "*";

    /// Whether it is in one region, but the request does not say in which.
    boolean isSomewhere() {
        return region.equals(ALL) && !path.equals(ALL);
    }

    @Override
    public String toString() {
        return "acs:" + product + ":" + region + ":" + account + ":" + path;
    }
}
