package org.imageferry.ecs.action;

import java.util.Optional;
import org.imageferry.access.KeyChanges;
import org.imageferry.access.Order;
import org.imageferry.access.Principal;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.UserName;
import org.imageferry.ecs.AccessErrors;
import org.imageferry.ecs.ActionRequest;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Touched;

/// Whose affairs a request is about: `AccountId`, by default the caller's account, and `UserName`.
record Whose(Optional<AccountId> account, Optional<UserName> user) {
    static Whose of(ActionRequest request) {
        return new Whose(
                request.parameters().find("AccountId").map(Whose::account),
                request.parameters().find("UserName").map(UserName::new));
    }

    /// For actions about one user.
    static Whose user(ActionRequest request) {
        request.parameters().require("UserName");
        return of(request);
    }

    /// For actions about one account, which must be said.
    static AccountId account(Parameters parameters) {
        return account(parameters.require("AccountId"));
    }

    private static AccountId account(String text) {
        return Asked.parse(text, AccountId::new, AccessErrors.UNKNOWN_ACCOUNT);
    }

    UserName name() {
        return user.orElseThrow();
    }

    KeyChanges.Owner owner() {
        return new KeyChanges.Owner(account, user);
    }

    /// The user, or else the account. Those of other accounts are apart, so that a policy about all of
    /// one's own users is about no others.
    Touched touched(Principal by) {
        return touched(by, user.map(it -> "user/" + it));
    }

    Touched touchedUsers(Principal by) {
        return touched(by, Optional.of("user/*"));
    }

    private Touched touched(Principal by, Optional<String> user) {
        AccountId id = account.orElse(by.id());
        String itself = "account/" + id;
        boolean own = id.equals(by.id());
        return Touched.global(user.map(path -> own ? path : itself + "/" + path).orElse(itself));
    }

    static Order order(ActionRequest request) {
        return new Order(request.principal(), request.caller().nonce());
    }
}
