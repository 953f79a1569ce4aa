package org.imageferry.copy;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.store.ObjectName;

/// Reads every block of an image, or of all of an account's snapshots in a region, and checks it
/// against its digest; for a region also whether catalog and store know the same objects.
///
/// The task is done if all is well; else it has failed, with what was found, and whether it was healed.
/// Snapshots whose bytes are damaged are marked, and sound ones lose their mark.
public final class Verifier {
    private static final int MOST_SNAPSHOTS = 1_000_000;

    private final Workshop shop;

    public Verifier(Workshop shop) {
        this.shop = shop;
    }

    /// Does one of the region's verifications, if there is one to do.
    ///
    /// @return whether there was
    public boolean step(Region region) {
        if (region.health().gone().isPresent()) {
            return false;
        }
        Optional<WholeTask> claimed = WholeTask.claim(shop, region, Work.Action.VerifyImages);
        claimed.ifPresent(task -> task.run(() -> verify(region, task)));
        return claimed.isPresent();
    }

    private void verify(Region region, WholeTask claimed) throws Exception {
        Work.VerifyImages work = (Work.VerifyImages) claimed.task().work();
        Map<SnapshotId, List<Parts.Part>> snapshots =
                shop.catalog().read(tables -> snapshots(tables, claimed.task(), work));
        Set<Parts.Part> parts = new LinkedHashSet<>();
        snapshots.values().forEach(parts::addAll); // each once, however many have it
        claimed.total(parts.stream().mapToLong(Parts.Part::contentBytes).sum());
        Findings findings = new Findings();
        PartVerifier verifier = new PartVerifier(shop, region, claimed.lease(), findings);
        Set<Parts.Part> right = new HashSet<>();
        for (Parts.Part part : parts) {
            if (verifier.isRight(part)) {
                right.add(part);
            }
        }
        snapshots.values().removeIf(each -> !right.containsAll(each));
        noteSound(snapshots.keySet(), claimed.lease());
        if (work.image().isEmpty()) {
            new ObjectComparison(shop).compare(region, claimed.lease(), findings);
        }
        findings.throwIfAny(region);
    }

    /// Takes notes of damage off snapshots of which every block was read and is right.
    private void noteSound(Set<SnapshotId> snapshots, Lease lease) throws ClaimLostException {
        boolean held =
                shop.catalog()
                        .write(tables -> {
                            if (!lease.renewIn(tables)) {
                                return false;
                            }
                            snapshots.forEach(id -> DamageNotes.snapshot(tables, id, false));
                            return true;
                        });
        if (!held) {
            throw new ClaimLostException(lease.claim());
        }
    }

    private static Map<SnapshotId, List<Parts.Part>> snapshots(
            Tables tables, Task task, Work.VerifyImages work) {
        Stream<SnapshotId> ids =
                work.image().isPresent()
                        ? tables.images().find(work.image().get()).stream()
                                .flatMap(image -> image.disks().stream())
                                .map(Disk::snapshot)
                        : tables
                                .snapshots()
                                .list(
                                        Snapshots.Query.of(task.account(), task.region())
                                                .with(Snapshots.Traits.ACCOMPLISHED),
                                        0,
                                        MOST_SNAPSHOTS)
                                .items()
                                .stream()
                                .map(Snapshot::id);
        Map<SnapshotId, List<Parts.Part>> parts = new LinkedHashMap<>();
        ids.forEach(id ->
                parts.put(id, tables.parts().of(id).stream().map(Parts.Numbered::part).toList()));
        return parts;
    }

    static ObjectName nameOf(StoredObjects.StoredObject object) {
        return switch (object.kind()) {
            case SEGMENT -> StoreLayout.segment(object.id());
            case MANIFEST -> StoreLayout.manifest(object.id());
        };
    }
}
