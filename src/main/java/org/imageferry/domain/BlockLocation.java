package org.imageferry.domain;

/// Where a block lies: the `ordinal`-th of a segment, from 0. What is there never changes; whether
/// the segment still is, may: a location is a hint.
public record BlockLocation(ObjectId segment, int ordinal) {}
