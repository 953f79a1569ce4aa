package org.imageferry.rebuild;

import java.time.Instant;
import java.util.Optional;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;

/// Sees to it that whose something is, is there.
final class Owners {
    /// Whose are objects that don't tell it. A deleted account from the start, so nobody can use it.
    private static final AccountId NOBODY = new AccountId("0000000000000000");

    private Owners() {}

    /// Stores of older programs have no records of accounts: they are known by their numbers only.
    ///
    /// @return whether the account had to be made
    static boolean ensure(Tables tables, AccountId id) {
        if (tables.accounts().find(id).isPresent()) {
            return false;
        }
        return tables.accounts()
                .add(Account.of(id, new AccountName("account-" + id), tables.now()));
    }

    static void ensure(Tables tables, Optional<ResourceGroup> group) {
        group.filter(it -> tables.groups().find(it.id()).isEmpty()).ifPresent(tables.groups()::add);
    }

    /// The scope of objects in the region of which nobody can tell whose they are.
    static Scope nobody(Tables tables, RegionId region) {
        if (tables.accounts().find(NOBODY).isEmpty()) {
            Instant now = tables.now();
            tables.accounts()
                    .add(
                            new Account(
                                    NOBODY,
                                    new AccountName("nobody"),
                                    false,
                                    Account.Switches.DEFAULT,
                                    now,
                                    Optional.of(now)));
        }
        return new Scope(NOBODY, region);
    }
}
