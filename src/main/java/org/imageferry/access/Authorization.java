package org.imageferry.access;

import java.util.Collection;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;

/// Decides whether somebody may do something. It looks at names alone, so what is refused says nothing
/// about what there is.
public final class Authorization {
    private Authorization() {}

    /// @param action such as `ecs:CopyImage`
    /// @param resources all of them must be allowed
    /// @throws RefusedException `Forbidden`
    public static void check(Principal principal, String action, Collection<Resource> resources) {
        for (Resource resource : resources) {
            if (!principal.rights().allow(action, resource)) {
                throw new RefusedException(
                        new Refusal.Access.Forbidden(action + " on " + resource));
            }
        }
    }

    /// For what is managed across all accounts.
    ///
    /// @throws RefusedException `Forbidden`
    public static void checkAdministrator(Principal principal, String action) {
        if (!principal.account().administrator()) {
            throw new RefusedException(
                    new Refusal.Access.Forbidden(action + ", which is for administrators"));
        }
    }
}
