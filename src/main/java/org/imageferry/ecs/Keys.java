package org.imageferry.ecs;

import java.util.Optional;
import org.imageferry.domain.AccountId;

/// The access keys that may sign requests.
public interface Keys {
    Optional<Credential> find(String accessKeyId);

    /// Whom a key speaks for, and how that is proved.
    record Credential(AccountId account, Secret secret, boolean active) {}

    /// What only the key's holder and we know. Never printed.
    record Secret(String value) {
        @Override
        public String toString() {
            return "***";
        }
    }
}
