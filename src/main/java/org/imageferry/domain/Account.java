package org.imageferry.domain;

import java.time.Instant;
import java.util.Optional;

/// Who owns images. What an account has, no other sees.
///
/// @param name unique among those that are not deleted
/// @param administrator whether it may manage the other accounts and the stores
/// @param deleted when it was; it stays known, for credentials that still name it
public record Account(
        AccountId id,
        AccountName name,
        boolean administrator,
        Switches switches,
        Instant created,
        Optional<Instant> deleted) {

    /// What an administrator may switch for an account.
    ///
    /// @param customerKeys whether it may encrypt with keys of its own
    /// @param encryptByDefault whether copies are encrypted that do not say
    /// @param publicImages whether it may make images public, and list those of others
    public record Switches(boolean customerKeys, boolean encryptByDefault, boolean publicImages) {
        public static final Switches DEFAULT = new Switches(true, false, true);
    }

    /// A new one with all at its default.
    public static Account of(AccountId id, AccountName name, Instant created) {
        return new Account(id, name, false, Switches.DEFAULT, created, Optional.empty());
    }

    public Account with(AccountName next) {
        return new Account(id, next, administrator, switches, created, deleted);
    }

    public Account with(Switches next) {
        return new Account(id, name, administrator, next, created, deleted);
    }

    public Account withAdministrator(boolean next) {
        return new Account(id, name, next, switches, created, deleted);
    }
}
