package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.RegionId;

/// Records of images and snapshots that are still to be written to their region's store.
///
/// A record is made in the transaction that changes what it tells, so the store learns all that was
/// acknowledged, in order, and nothing else.
public interface Outbox {
    /// @param sequence counts the region's records, from 1
    /// @param supersedes the sequence of the record of the same subject before this one, which can go
    ///     once this one is written
    record Entry(
            RegionId region,
            long sequence,
            String subject,
            String body,
            Optional<Long> supersedes) {}

    /// @param subject the id of the image or snapshot
    /// @param body the record as JSON
    void add(RegionId region, String subject, String body);

    /// The next records to write, by sequence.
    List<Entry> pending(RegionId region, int limit);

    void written(RegionId region, long sequence);

    /// The sequence of the newest record that was ever added for the region; 0 if there is none.
    long last(RegionId region);
}
