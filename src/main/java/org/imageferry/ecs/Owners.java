package org.imageferry.ecs;

import java.util.function.Predicate;
import org.imageferry.access.Principal;

/// The four parameters by which old clients say whose resources they mean. There are none but the
/// caller's own. Source: ECS API 2014-05-26, each page's OwnerId, OwnerAccount, ResourceOwnerId and
/// ResourceOwnerAccount; "Common error codes", InvalidOwner.
final class Owners {
    private static final String OWNER_ID = "OwnerId";
    private static final String OWNER_ACCOUNT = "OwnerAccount";

    private Owners() {}

    /// @throws EcsException if they name another's, or say it twice
    static void check(Parameters parameters, Principal principal) {
        if (parameters.find(OWNER_ID).isPresent() && parameters.find(OWNER_ACCOUNT).isPresent()) {
            throw new EcsException(AccessErrors.OWNER_TWICE);
        }
        Predicate<String> id = principal.id().value()::equals;
        Predicate<String> name = principal.account().name().value()::equals;
        check(parameters, OWNER_ID, id, AccessErrors.OWNER_ID);
        check(parameters, "ResourceOwnerId", id, AccessErrors.OWNER_ID);
        check(parameters, OWNER_ACCOUNT, name, AccessErrors.OWNER_ACCOUNT);
        check(parameters, "ResourceOwnerAccount", name, AccessErrors.OWNER_ACCOUNT);
    }

    private static void check(
            Parameters parameters, String name, Predicate<String> own, EcsError error) {
        if (parameters.find(name).filter(own.negate()).isPresent()) {
            throw new EcsException(
                    error.advising(
                            "Leave " + name + " out: only what is the caller's own counts."));
        }
    }
}
