package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotName;

/// What is to become of a snapshot's attributes. What is empty stays as it is.
///
/// @param makesImages whether images may be made of it, or copied that are made of it
public record SnapshotChange(
        Optional<SnapshotName> name,
        Optional<Description> description,
        Optional<Integer> retentionDays,
        Optional<Boolean> makesImages) {
    public static SnapshotChange makesImages(boolean yes) {
        return new SnapshotChange(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(yes));
    }

    public boolean empty() {
        return name.isEmpty()
                && description.isEmpty()
                && retentionDays.isEmpty()
                && makesImages.isEmpty();
    }

    /// @throws RefusedException `RetentionShortened`: others may count on the time that was promised
    SnapshotAttributes of(Snapshot snapshot) {
        SnapshotAttributes now = snapshot.attributes();
        boolean shortened =
                now.retentionDays()
                        .flatMap(before -> retentionDays.map(next -> next < before))
                        .orElse(false);
        if (shortened) {
            throw new RefusedException(
                    new Refusal.OfSnapshot.RetentionShortened(
                            snapshot.id(), now.retentionDays().orElseThrow()));
        }
        return new SnapshotAttributes(
                name.map(SnapshotName::value).orElse(now.name()),
                description.orElse(now.description()),
                now.group(),
                retentionDays.or(now::retentionDays),
                now.tags(),
                makesImages.orElse(now.makesImages()));
    }
}
