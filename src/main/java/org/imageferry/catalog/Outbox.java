package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.UserId;

/// Records that are still to be written to their region's store.
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

    /// @param subject the id of what it is about
    /// @param body the record as JSON
    void add(RegionId region, String subject, String body);

    /// The next records to write, by sequence.
    List<Entry> pending(RegionId region, int limit);

    void written(RegionId region, long sequence);

    /// Whether a later record of the same subject is known to be written, so that this one is of no use any
    /// more: as when its writer comes late.
    boolean isOvertaken(Entry record);

    /// The sequence of the newest record that was ever added for the region; 0 if there is none.
    long last(RegionId region);

    /// The newest record of a subject, written or not.
    record Newest(String subject, long sequence) {}

    /// Of each subject of the region the newest record: by subject, after `after`; at most `limit`.
    List<Newest> newest(RegionId region, Optional<String> after, int limit);

    /// Sequences of the records that pending ones supersede, some of them pending, too.
    List<Long> superseded(RegionId region);

    /// Whether a record of this subject was ever added for the region.
    boolean isTold(RegionId region, String subject);

    /// Accounts, deleted ones too, of which no record was ever added for the region; at most `limit`.
    List<AccountId> untoldAccounts(RegionId region, int limit);

    /// Users of which no record was ever added for the region; at most `limit`.
    List<UserId> untoldUsers(RegionId region, int limit);
}
