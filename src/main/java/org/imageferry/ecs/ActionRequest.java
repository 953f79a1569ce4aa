package org.imageferry.ecs;

import org.imageferry.access.Principal;
import org.imageferry.copy.Caller;

/// What an action is asked, by whom.
///
/// @param host that was called, with its port
/// @param trail is told what becomes known
public record ActionRequest(Proved sender, Parameters parameters, String host, Trail trail) {
    /// Of which nobody keeps account.
    public ActionRequest(Proved sender, Parameters parameters, String host) {
        this(sender, parameters, host, Trail.ofNobody());
    }

    public Caller caller() {
        return sender.caller();
    }

    public Principal principal() {
        return sender.principal();
    }
}
