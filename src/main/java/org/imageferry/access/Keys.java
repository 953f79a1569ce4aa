package org.imageferry.access;

import java.util.Optional;

/// The access keys that may sign requests.
public interface Keys {
    /// @param accessKey as the request names it, which may be any text
    /// @param securityToken that came with it; may be empty
    /// @return nothing if there is no such key
    /// @throws org.imageferry.domain.RefusedException `TokenMalformed` or `TokenOfAnotherKey`
    Optional<Credential> find(String accessKey, String securityToken);
}
