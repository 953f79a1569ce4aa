package org.imageferry.domain;

import java.time.Instant;
import java.util.Optional;

/// A permanent access key, without its secret: who signs with it speaks for its account.
///
/// @param user for whom it was made; one of the account itself has none, and may do all
public record AccessKey(
        AccessKeyId id, AccountId account, Optional<UserId> user, boolean active, Instant created) {
    public AccessKey with(boolean nowActive) {
        return new AccessKey(id, account, user, nowActive, created);
    }
}
