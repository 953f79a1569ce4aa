package org.imageferry.domain;

import java.time.Instant;

/// A policy of a user, as it was put.
///
/// @param name unique among the user's
/// @param document in JSON
public record UserPolicy(UserId user, PolicyName name, String document, Instant created) {}
