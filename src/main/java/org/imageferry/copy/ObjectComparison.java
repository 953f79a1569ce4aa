package org.imageferry.copy;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Finds out whether catalog and store know the same objects of a region.
final class ObjectComparison {
    private static final int OBJECTS_AT_ONCE = 1_000;

    private final Workshop shop;

    ObjectComparison(Workshop shop) {
        this.shop = shop;
    }

    /// Both sides move on meanwhile, so what looks wrong is looked at once more.
    void compare(Region region, Lease lease, Findings findings)
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
                ObjectName name = Verifier.nameOf(object);
                boolean missing = !stored.contains(name) && !exists(region, name);
                if (missing && isExpected(region, object.id())) {
                    findings.damaged("object " + name + " is missing in the store");
                    DamageReports.of(shop).lost(object.id(), "it is missing in the store");
                }
            }
            more = live.size() == OBJECTS_AT_ONCE;
            after = live.isEmpty() ? after : Optional.of(live.getLast().id());
        }
    }

    private static Optional<ObjectId> idOf(ObjectName name) {
        return StoreLayout.segmentId(name).or(() -> StoreLayout.manifestId(name));
    }

    /// Whether it is live and not known to be lost: that was told when its parts were read.
    private boolean isExpected(Region region, ObjectId id) {
        return shop.catalog()
                .read(tables ->
                        tables.objects()
                                .find(id)
                                .filter(object -> object.state() == StoredObjects.State.LIVE)
                                .filter(_ -> tables.damage().among(region.id(), List.of(id)).none())
                                .isPresent());
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
