package org.imageferry.catalog;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.RegionId;

/// What a rebuild, which makes a new catalog of what stores tell, needs besides the other tables: notes of
/// what it found, and to set what otherwise only counts up. Nobody else uses it.
public interface Restoration {
    /// The newest record of a subject in a region's store.
    ///
    /// @param kind of the subject, in the words of the records
    /// @param revision counts the subject's records
    /// @param sequence counts the region's
    /// @param deleted whether it tells that the subject is gone
    record Told(
            String kind,
            String subject,
            RegionId region,
            long revision,
            long sequence,
            boolean deleted) {}

    /// What counts its records apart from its other changes.
    enum Counted {
        ACCOUNT,
        USER,
        REGION,
        KEY
    }

    /// Makes the catalog one of this installation: 32 hexadecimal digits.
    void installation(String id);

    /// The region's store has records up to this sequence: the next one gets a higher.
    void records(RegionId region, long last);

    /// Notes what a store tells. Of a subject in a region the record with the highest revision stays, of
    /// equal ones that of the highest sequence; a later record in the outbox supersedes it.
    void note(Told told);

    /// What was noted of a kind: by subject, then by region, behind `after`; at most `limit`.
    List<Told> told(String kind, Optional<Told> after, int limit);

    /// The same, but of all regions that tell of a subject only the one with the highest revision.
    List<Told> newest(String kind, Optional<Told> after, int limit);

    /// How many regions tell of this subject in this revision.
    int regions(Told told);

    /// So many records were made of it.
    void revised(Counted what, String id, long revision);

    /// The image is shared with the account, and was since then.
    void shared(Image image, AccountId account, Instant since);

    /// Notes that something is wrong with a part's bytes.
    void damaged(Parts.Part part, String damage);

    /// What was noted of the part.
    Optional<String> damage(Parts.Part part);

    /// Forgets all notes. Nobody knows what is dead in the segments: all that parts need are suspect, see
    /// [Compaction].
    void end();
}
