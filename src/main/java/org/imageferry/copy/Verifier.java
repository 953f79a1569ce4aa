package org.imageferry.copy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
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
import org.imageferry.kms.KmsException;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Reads every block of an image, or of all of an account's snapshots in a region, and checks it
/// against its digest; for a region also whether catalog and store know the same objects.
///
/// The task is done if all is well; else it has failed, with what was found. Snapshots whose bytes are
/// damaged are marked, and sound ones lose their mark.
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
        Map<SnapshotId, List<Parts.Part>> snapshots =
                shop.catalog().read(tables -> snapshots(tables, claimed.task(), work));
        Set<Parts.Part> parts = new LinkedHashSet<>();
        snapshots.values().forEach(parts::addAll); // each once, however many have it
        claimed.total(parts.stream().mapToLong(Parts.Part::contentBytes).sum());
        Findings findings = new Findings();
        DamageNotes notes = new DamageNotes(shop.catalog(), claimed.lease());
        Set<Parts.Part> right = new HashSet<>();
        for (Parts.Part part : parts) {
            if (isRight(region, part, claimed.lease(), notes, findings)) {
                right.add(part);
            }
        }
        snapshots.values().removeIf(each -> !right.containsAll(each));
        notes.sound(snapshots.keySet());
        if (work.image().isEmpty()) {
            compareObjects(region, claimed.lease(), findings);
        }
        findings.throwIfAny(region);
    }

    /// What was found, as far as it fits into a reason.
    private static final class Findings {
        private final List<String> first = new ArrayList<>();
        private long count;
        private boolean damage;

        void damaged(String finding) {
            damage = true;
            add(finding);
        }

        void unread(String finding) {
            add(finding);
        }

        private void add(String finding) {
            count++;
            if (first.size() < MOST_FINDINGS) {
                first.add(finding);
            }
        }

        /// @throws DamagedException if anything was found wrong
        /// @throws StoreException if nothing was, but not all could be read
        void throwIfAny(Region region) throws DamagedException, StoreException {
            if (count == 0) {
                return;
            }
            String more = count > first.size() ? "; and " + (count - first.size()) + " more" : "";
            String all = String.join("; ", first) + more;
            if (damage) {
                throw new DamagedException("region " + region.id(), all);
            }
            throw new StoreException(
                    StoreException.Kind.UNAVAILABLE,
                    "region " + region.id() + " can't be verified: " + all);
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

    /// Reads a part. If it is damaged, that is noted on its snapshots.
    private boolean isRight(
            Region region, Parts.Part part, Lease lease, DamageNotes notes, Findings findings)
            throws Exception {
        try {
            Seal seal = shop.seals().of(part.scope());
            Manifest manifest = Manifests.read(region.store(), part, seal);
            new PartReader(shop, region, part, seal)
                    .read(manifest, (page, content, digest) -> {}, lease);
            lease.renew();
            return true;
        } catch (KmsException e) {
            findings.unread("part " + part.digest() + ": " + e.getMessage());
        } catch (DamagedException e) {
            noteDamage(part, e, notes, findings);
        } catch (StoreException e) {
            boolean damaged =
                    e.kind() == StoreException.Kind.MISSING
                            || e.kind() == StoreException.Kind.DAMAGED;
            if (damaged) {
                noteDamage(part, e, notes, findings);
            } else {
                findings.unread("part " + part.digest() + ": " + e.getMessage());
            }
        }
        lease.renew();
        return false;
    }

    /// A snapshot may be deleted while it is verified; that is no finding.
    private static void noteDamage(
            Parts.Part part, Exception damage, DamageNotes notes, Findings findings)
            throws ClaimLostException {
        String text = "part " + part.digest() + ": " + damage.getMessage();
        if (!notes.damaged(part, text).isEmpty()) {
            findings.damaged(text);
        }
    }

    /// Both sides move on meanwhile, so what looks wrong is looked at once more.
    private void compareObjects(Region region, Lease lease, Findings findings)
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

    private void findUnknown(Region region, List<ObjectName> names, Findings findings)
            throws StoreException {
        List<ObjectId> ids = names.stream().flatMap(name -> idOf(name).stream()).toList();
        Set<ObjectId> unknown =
                shop.catalog().read(tables -> tables.objects().unknown(region.id(), ids));
        for (ObjectName name : names) {
            boolean strange = idOf(name).map(unknown::contains).orElse(true);
            if (strange && exists(region, name)) {
                findings.damaged("object " + name + " in the store is not known to the catalog");
            }
        }
    }

    private void findMissing(Region region, Lease lease, Set<ObjectName> stored, Findings findings)
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
                    findings.damaged("object " + name + " is missing in the store");
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
