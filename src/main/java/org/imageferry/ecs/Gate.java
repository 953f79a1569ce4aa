package org.imageferry.ecs;

import java.util.List;
import org.imageferry.access.Authorization;
import org.imageferry.access.Principal;
import org.imageferry.access.Resource;

/// Where it is decided whether a request goes on, once its sender is proved: by what the sender may do,
/// then by how much it has sent.
public final class Gate {
    private final Throttle throttle;

    public Gate(Throttle throttle) {
        this.throttle = throttle;
    }

    /// @throws org.imageferry.domain.RefusedException `Forbidden`
    /// @throws EcsException `Throttling.User`
    void admit(Principal principal, Action action, List<Touched> touches) {
        String name = action.api().product() + ":" + action.name();
        switch (action.audience()) {
            case EVERYBODY -> {}
            case ENTITLED -> check(principal, action.api().product(), name, touches);
            case ADMINISTRATORS -> {
                Authorization.checkAdministrator(principal, name);
                check(principal, action.api().product(), name, touches);
            }
        }
        throttle.admit(principal, name);
    }

    /// For what is no [Action].
    ///
    /// @param right as policies name it, without the product
    /// @throws org.imageferry.domain.RefusedException `Forbidden`
    /// @throws EcsException `Throttling.User`
    public void admit(Principal principal, String product, String right, Touched touched) {
        String name = product + ":" + right;
        check(principal, product, name, List.of(touched));
        throttle.admit(principal, name);
    }

    private static void check(
            Principal principal, String product, String name, List<Touched> touches) {
        Authorization.check(
                principal,
                name,
                touches.stream()
                        .map(it -> new Resource(product, it.region(), principal.id(), it.path()))
                        .toList());
    }
}
