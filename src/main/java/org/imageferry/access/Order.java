package org.imageferry.access;

/// A request that asks for a change, and by whom.
///
/// @param nonce what makes it count once
public record Order(Principal by, String nonce) {}
