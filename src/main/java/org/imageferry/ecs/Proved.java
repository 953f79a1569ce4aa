package org.imageferry.ecs;

import org.imageferry.access.Principal;
import org.imageferry.copy.Caller;

/// From whom a request comes, as its signature proves.
///
/// @param caller what the engine needs to know of it
public record Proved(Caller caller, Principal principal) {
    /// From a request that was made within this process.
    ///
    /// @param nonce what makes it count once
    public static Proved within(Principal principal, String nonce) {
        return new Proved(new Caller(principal.id(), principal.accessKey(), nonce), principal);
    }
}
