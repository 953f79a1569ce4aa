package org.imageferry.ecs;

import org.imageferry.access.Principal;
import org.imageferry.copy.Caller;

/// What an action is asked, by whom.
///
/// @param host that was called, with its port
public record ActionRequest(Proved sender, Parameters parameters, String host) {
    public Caller caller() {
        return sender.caller();
    }

    public Principal principal() {
        return sender.principal();
    }
}
