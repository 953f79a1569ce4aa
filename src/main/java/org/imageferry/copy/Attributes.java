package org.imageferry.copy;

import java.util.function.UnaryOperator;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageAttributes;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.records.Records;

/// Changes what images and snapshots have alike: tags and group. Where the bytes are there already, the
/// store learns of it too.
///
/// @param account whose resources may be changed
/// @param region where they must be
record Attributes(Tables tables, AccountId account, RegionId region) {
    private static final Records RECORDS = new Records();

    void tags(ResourceId id, UnaryOperator<Tags> next) {
        switch (id) {
            case ImageId image ->
                    change(image, attributes -> attributes.with(next.apply(attributes.tags())));
            case SnapshotId snapshot ->
                    change(snapshot, attributes -> attributes.with(next.apply(attributes.tags())));
        }
    }

    /// @throws RefusedException `InIt` if it is there already
    void group(ResourceId id, ResourceGroupId next) {
        switch (id) {
            case ImageId image -> {
                refuseSame(id, find(image).group(), next);
                change(image, attributes -> attributes.with(next));
            }
            case SnapshotId snapshot -> {
                refuseSame(id, find(snapshot).attributes().group(), next);
                change(snapshot, attributes -> attributes.with(next));
            }
        }
    }

    private static void refuseSame(ResourceId id, ResourceGroupId now, ResourceGroupId next) {
        if (now.equals(next)) {
            throw new RefusedException(new Refusal.Grouping.InIt(id, next));
        }
    }

    private void change(ImageId id, UnaryOperator<ImageAttributes> next) {
        Image image = find(id);
        ImageAttributes attributes = next.apply(image.attributes());
        if (!attributes.equals(image.attributes())) {
            Image changed = image.with(attributes);
            tables.images().update(changed);
            RECORDS.changed(tables, changed);
        }
    }

    private void change(SnapshotId id, UnaryOperator<SnapshotAttributes> next) {
        Snapshot snapshot = find(id);
        SnapshotAttributes attributes = next.apply(snapshot.attributes());
        if (!attributes.equals(snapshot.attributes())) {
            Snapshot changed = snapshot.with(attributes);
            tables.snapshots().update(changed);
            RECORDS.changed(tables, changed);
        }
    }

    private Image find(ImageId id) {
        return tables.images()
                .find(id)
                .filter(image -> image.account().equals(account) && image.region().equals(region))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownResource(id)));
    }

    private Snapshot find(SnapshotId id) {
        return tables.snapshots()
                .find(id)
                .filter(it -> it.account().equals(account) && it.region().equals(region))
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownResource(id)));
    }
}
