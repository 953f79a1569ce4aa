package org.imageferry.domain;

/// A key by one of its aliases.
public record NamedKey(KeyAlias name, KmsKey key) {}
