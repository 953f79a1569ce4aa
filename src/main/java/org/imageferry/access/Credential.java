package org.imageferry.access;

/// Whom an access key speaks for, how that is proved, and whether it still may.
public record Credential(Principal principal, Secret secret, Standing standing) {
    public enum Standing {
        GOOD,
        INACTIVE,
        /// Temporary credentials after their time.
        EXPIRED,
        /// Temporary credentials of an account that was deleted.
        ACCOUNT_DELETED
    }
}
