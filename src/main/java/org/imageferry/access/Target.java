package org.imageferry.access;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserName;

/// Finds the account that a request is about, as it is now: the caller's own, or for an administrator
/// any other. Who is none is refused before anything is looked up.
final class Target {
    private Target() {}

    /// @param asked nothing for the caller's own
    /// @throws RefusedException `Forbidden` or `UnknownAccount`
    static Account account(Tables tables, Principal by, Optional<AccountId> asked) {
        Account own = present(tables, by.id());
        if (asked.isEmpty() || asked.get().equals(own.id())) {
            return own;
        }
        checkAdministrator(own);
        return present(tables, asked.get());
    }

    /// For what only administrators do. Since the request was allowed, another may have changed that.
    ///
    /// @throws RefusedException `Forbidden`
    static void checkAdministrator(Tables tables, Principal by) {
        checkAdministrator(present(tables, by.id()));
    }

    private static void checkAdministrator(Account own) {
        if (!own.administrator()) {
            throw new RefusedException(new Refusal.Access.Forbidden("another account's affairs"));
        }
    }

    /// @throws RefusedException `UnknownAccount` if it was deleted or never was
    static Account present(Tables tables, AccountId id) {
        return tables.accounts()
                .find(id)
                .filter(account -> account.deleted().isEmpty())
                .orElseThrow(
                        () -> new RefusedException(new Refusal.Access.UnknownAccount(id.value())));
    }

    /// @throws RefusedException `UnknownUser`
    static User user(Tables tables, Account account, UserName name) {
        return tables.users()
                .find(account.id(), name)
                .orElseThrow(() -> new RefusedException(new Refusal.Access.UnknownUser(name)));
    }
}
