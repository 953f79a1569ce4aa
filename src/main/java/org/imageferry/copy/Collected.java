package org.imageferry.copy;

/// What a pass of the collector did in a region.
///
/// @param condemned objects that nothing needs any more, found by this pass
/// @param deleted objects whose time was over, now gone from the store
/// @param deletedBytes what they took
/// @param waiting condemned objects whose time is not over yet
/// @param compacted segments that were mostly dead, and that nothing needs any more
/// @param reclaimedBytes what they took more than what took their place; free once they are deleted
/// @param more whether there is more to compact at once
public record Collected(
        long condemned,
        long deleted,
        long deletedBytes,
        long waiting,
        long compacted,
        long reclaimedBytes,
        boolean more) {}
