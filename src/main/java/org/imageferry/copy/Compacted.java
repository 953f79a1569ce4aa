package org.imageferry.copy;

/// What a step of the compactor did in a region.
///
/// @param segments whose blocks were moved out of them
/// @param oldBytes that these take until they are deleted
/// @param newBytes of the segments that took what is needed of them
/// @param more whether there may be more to do at once
record Compacted(long segments, long oldBytes, long newBytes, boolean more) {
    static final Compacted NOTHING = new Compacted(0, 0, 0, false);

    Compacted plus(Compacted next) {
        return new Compacted(
                segments + next.segments,
                oldBytes + next.oldBytes,
                newBytes + next.newBytes,
                more || next.more);
    }
}
