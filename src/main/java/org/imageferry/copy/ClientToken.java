package org.imageferry.copy;

import org.imageferry.domain.Digest;

/// What a client sends so that a request it repeats is carried out once.
///
/// @param parameters digest of all the request's parameters that count; a token with others is refused
public record ClientToken(String token, Digest parameters) {}
