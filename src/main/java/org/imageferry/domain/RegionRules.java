package org.imageferry.domain;

import java.time.Instant;
import java.util.Set;

/// What an administrator allows in a region.
///
/// @param copying whether images may be copied from it and into it
/// @param customerKeys whether copies in it may be encrypted with keys of their account
/// @param oldestSnapshot images of snapshots made before are not copied from it
/// @param barredDestinations where images must not be copied to from here, whatever else holds
public record RegionRules(
        boolean copying,
        boolean customerKeys,
        Instant oldestSnapshot,
        Set<RegionId> barredDestinations) {

    /// As a region begins. Snapshots before that day were of another kind at ECS: CopyImage,
    /// InvalidSnapshot.TooOld.
    public static final RegionRules DEFAULT =
            new RegionRules(true, true, Instant.parse("2013-07-15T00:00:00Z"), Set.of());

    public RegionRules {
        barredDestinations = Set.copyOf(barredDestinations);
    }
}
