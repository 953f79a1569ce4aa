package org.imageferry.catalog;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;

/// What makes a request count once: nonces and client tokens.
public interface Tokens {
    /// @return false if this key used the nonce before; it is kept until `until` at least
    boolean spend(String accessKey, String nonce, Instant until);

    /// What a request with this token was answered.
    ///
    /// @param parameters digest of the parameters it came with
    record Answer(Digest parameters, String answer) {}

    Optional<Answer> answer(AccountId account, String action, String token);

    void remember(AccountId account, String action, String token, Answer answer, Instant until);

    /// Forgets what is older than its time.
    void expire();
}
