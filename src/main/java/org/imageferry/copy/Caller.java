package org.imageferry.copy;

import org.imageferry.domain.AccountId;

/// Who asks, as the edge has proved it.
///
/// @param nonce what makes this request count once; for changes it is spent in their transaction
public record Caller(AccountId account, String accessKey, String nonce) {}
