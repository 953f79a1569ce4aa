package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.Snapshots;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Reads every block of an image, or of all of an account's snapshots in a region, and checks it
/// against its digest; for a region also whether catalog and store know the same objects.
///
/// The task is done if all is well; else it has failed, with what was found.
public final class Verifier {
    private static final int MOST_FINDINGS = 20;
    private static final int MOST_SNAPSHOTS = 1_000_000;
    private static final int OBJECTS_AT_ONCE = 1_000;

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
        List<Parts.Part> parts = shop.catalog().read(tables -> parts(tables, claimed.task(), work));
        claimed.total(parts.stream().mapToLong(Parts.Part::contentBytes).sum());
        List<String> findings = new ArrayList<>();
        for (Parts.Part part : parts) {
            check(region, part, claimed.lease(), findings);
        }
        if (work.image().isEmpty()) {
            compareObjects(region, claimed.lease(), findings);
        }
        if (!findings.isEmpty()) {
            throw new DamagedException("region " + region.id(), String.join("; ", findings));
        }
    }

    /// Each part once, however many snapshots have it.
    private static List<Parts.Part> parts(Tables tables, Task task, Work.VerifyImages work) {
        Stream<SnapshotId> snapshots =
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
        return snapshots
                .flatMap(snapshot -> tables.parts().of(snapshot).stream())
                .map(Parts.Numbered::part)
                .distinct()
                .toList();
    }

    private void check(Region region, Parts.Part part, Lease lease, List<String> findings)
            throws Exception {
        if (findings.size() >= MOST_FINDINGS) {
            return;
        }
        try {
            Manifest manifest = Manifests.read(region.store(), part);
            new PartReader(shop, region, part).read(manifest, (page, content, name) -> {}, lease);
        } catch (DamagedException e) {
            findings.add("part " + part.digest() + ": " + e.getMessage());
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.UNAVAILABLE || stillThere(part)) {
                findings.add("part " + part.digest() + ": " + e.getMessage());
            }
        }
        lease.renew();
    }

    /// A snapshot may be deleted while it is verified; that is no finding.
    private boolean stillThere(Parts.Part part) {
        return shop.catalog()
                .read(tables -> tables.parts().find(part.scope(), part.digest()))
                .filter(part::equals)
                .isPresent();
    }

    /// Both sides move on meanwhile, so what looks wrong is looked at once more.
    private void compareObjects(Region region, Lease lease, List<String> findings)
            throws StoreException, ClaimLostException {
        Set<ObjectName> stored = new HashSet<>();
        for (String prefix : List.of(StoreLayout.SEGMENTS, StoreLayout.MANIFESTS)) {
            try (Stream<ObjectName> names = region.store().list(prefix)) {
                for (Iterator<ObjectName> each = names.iterator(); each.hasNext(); ) {
                    stored.add(each.next());
                    if (stored.size() % OBJECTS_AT_ONCE == 0) {
                        lease.renew();
                    }
                }
            }
        }
        List<ObjectName> names = List.copyOf(stored);
        for (int i = 0; i < names.size(); i += OBJECTS_AT_ONCE) {
            lease.renew();
            findUnknown(
                    region,
                    names.subList(i, Math.min(names.size(), i + OBJECTS_AT_ONCE)),
                    findings);
        }
        findMissing(region, lease, stored, findings);
    }

    private void findUnknown(Region region, List<ObjectName> names, List<String> findings)
            throws StoreException {
        List<ObjectId> ids = names.stream().flatMap(name -> idOf(name).stream()).toList();
        Set<ObjectId> unknown =
                shop.catalog().read(tables -> tables.objects().unknown(region.id(), ids));
        for (ObjectName name : names) {
            boolean strange = idOf(name).map(unknown::contains).orElse(true);
            if (strange && exists(region, name)) {
                findings.add("object " + name + " in the store is not known to the catalog");
            }
        }
    }

    private void findMissing(
            Region region, Lease lease, Set<ObjectName> stored, List<String> findings)
            throws StoreException, ClaimLostException {
        Optional<ObjectId> after = Optional.empty();
        boolean more = true;
        while (more) {
            lease.renew();
            Optional<ObjectId> from = after;
            List<StoredObjects.StoredObject> live =
                    shop.catalog()
                            .read(tables ->
                                    tables.objects().live(region.id(), from, OBJECTS_AT_ONCE));
            for (StoredObjects.StoredObject object : live) {
                ObjectName name = nameOf(object);
                if (!stored.contains(name) && !exists(region, name) && isLive(object.id())) {
                    findings.add("object " + name + " is missing in the store");
                }
            }
            more = live.size() == OBJECTS_AT_ONCE;
            after = live.isEmpty() ? after : Optional.of(live.getLast().id());
        }
    }

    private static Optional<ObjectId> idOf(ObjectName name) {
        return StoreLayout.segmentId(name).or(() -> StoreLayout.manifestId(name));
    }

    static ObjectName nameOf(StoredObjects.StoredObject object) {
        return switch (object.kind()) {
            case SEGMENT -> StoreLayout.segment(object.id());
            case MANIFEST -> StoreLayout.manifest(object.id());
        };
    }

    private boolean isLive(ObjectId id) {
        return shop.catalog()
                .read(tables -> tables.objects().find(id))
                .filter(object -> object.state() == StoredObjects.State.LIVE)
                .isPresent();
    }

    private static boolean exists(Region region, ObjectName name) throws StoreException {
        try {
            region.store().length(name);
            return true;
        } catch (StoreException e) {
            if (e.kind() == StoreException.Kind.MISSING) {
                return false;
            }
            throw e;
        }
    }
}
