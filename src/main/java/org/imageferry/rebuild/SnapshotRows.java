package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DiskDigest;
import org.imageferry.blocks.FooterCache;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.WrappedKey;
import org.imageferry.records.DamagedRecordException;
import org.imageferry.records.Records;
import org.imageferry.records.ToldSnapshot;
import org.imageferry.records.ToldSnapshot.ToldPart;
import org.imageferry.store.StoreException;

/// Makes a snapshot's rows, and those of its parts. A part that can't be read whole is there all the same,
/// and the snapshot is noted to be damaged: so nothing is made of it, and a later verification or another
/// store may mend it.
final class SnapshotRows implements RowMaker.OwnRows {
    private static final Records RECORDS = new Records();

    /// A part of a GiB needs some 60 segments.
    private static final int PARTS_AT_ONCE = 16;

    /// Footers of about a hundred full segments, 8 MB.
    private static final int CACHED_FOOTER_ENTRIES = 100_000;

    private final Work work;
    private final FooterCache footers = new FooterCache(CACHED_FOOTER_ENTRIES);

    SnapshotRows(Work work) {
        this.work = work;
    }

    @Override
    public void make(RowMaker.Newest newest) throws DamagedRecordException, StoreException {
        Source source = newest.source();
        ToldSnapshot told = newest.record().as(record -> ToldSnapshot.of(record, source.region()));
        Snapshot snapshot = told.snapshot();
        requireDigest(told);
        Optional<String> damage = insert(told).or(snapshot::damage);
        List<ToldPart> parts = told.parts();
        for (int from = 0; from < parts.size(); from += PARTS_AT_ONCE) {
            int to = Math.min(parts.size(), from + PARTS_AT_ONCE);
            Optional<String> found = attach(source, snapshot, from, parts.subList(from, to));
            damage = damage.or(() -> found);
        }
        work.findings().count(source.region(), Findings.Counted.SNAPSHOTS, 1);
        damage.ifPresent(text -> note(snapshot, text));
    }

    /// A record has no checksum, but what it tells of the disk has one.
    private void requireDigest(ToldSnapshot told) {
        Snapshot snapshot = told.snapshot();
        List<Digest> digests = told.parts().stream().map(ToldPart::digest).toList();
        long partBytes = work.plan().partBytes();
        long parts = Math.ceilDiv(snapshot.bytes(), partBytes);
        Digest digest = DiskDigest.of(snapshot.bytes(), digests);
        if (parts != digests.size() || !snapshot.digest().equals(Optional.of(digest))) {
            throw new IllegalArgumentException("its parts don't make the disk of its digest");
        }
        if (snapshot.key().isPresent() != told.dataKey().isPresent()) {
            throw new IllegalArgumentException("its key and its data key don't go together");
        }
    }

    /// @return what is wrong with it already
    private Optional<String> insert(ToldSnapshot told) {
        Snapshot snapshot = told.snapshot();
        return work.catalog()
                .write(tables -> {
                    if (Owners.ensure(tables, snapshot.account())) {
                        work.findings().foundByNumber(snapshot.region(), snapshot.account());
                    }
                    Owners.ensure(tables, told.group());
                    tables.snapshots().insert(snapshot);
                    return told.dataKey()
                            .filter(key -> !isOfScope(tables, snapshot.scope(), key))
                            .map(_ ->
                                    "another snapshot of "
                                            + snapshot.scope()
                                            + " tells another data key");
                });
    }

    private static boolean isOfScope(Tables tables, Scope scope, WrappedKey key) {
        return tables.encryption().addDataKey(scope, key).equals(key);
    }

    private Optional<String> attach(
            Source source, Snapshot snapshot, int from, List<ToldPart> parts)
            throws StoreException {
        PartNeeds needs = new PartNeeds(work.catalog(), source.store(), snapshot.scope(), footers);
        List<PartNeeds.Found> found = new ArrayList<>();
        for (ToldPart part : unknown(snapshot, parts)) {
            found.add(needs.of(part));
        }
        return work.catalog()
                .write(tables -> {
                    found.forEach(part -> add(tables, snapshot.scope(), part));
                    Optional<String> damage = Optional.empty();
                    for (int i = 0; i < parts.size(); i++) {
                        Parts.Part part = find(tables, snapshot, parts.get(i)).orElseThrow();
                        tables.parts().attach(snapshot.id(), from + i, part);
                        damage = damage.or(() -> tables.restoration().damage(part));
                    }
                    return damage;
                });
    }

    /// Each once.
    private List<ToldPart> unknown(Snapshot snapshot, List<ToldPart> parts) {
        Set<Digest> seen = new HashSet<>();
        return work.catalog()
                .read(tables ->
                        parts.stream()
                                .filter(part -> seen.add(part.digest()))
                                .filter(part -> find(tables, snapshot, part).isEmpty())
                                .toList());
    }

    private static Optional<Parts.Part> find(Tables tables, Snapshot snapshot, ToldPart part) {
        return tables.parts().find(snapshot.scope(), part.digest());
    }

    private static void add(Tables tables, Scope scope, PartNeeds.Found found) {
        ObjectId manifest = found.part().manifest();
        ensure(tables, scope, StoredObjects.Kind.MANIFEST, Set.of(manifest), found.manifestBytes());
        ensure(tables, scope, StoredObjects.Kind.SEGMENT, found.segments(), 0);
        Parts.Part part =
                tables.parts()
                        .add(
                                scope,
                                found.part().digest(),
                                manifest,
                                found.contentBytes(),
                                found.segments())
                        .orElseThrow();
        found.damage().ifPresent(damage -> tables.restoration().damaged(part, damage));
    }

    /// Enters an object, also one that is missing: what needs it must not be forgotten.
    private static void ensure(
            Tables tables, Scope scope, StoredObjects.Kind kind, Set<ObjectId> ids, long bytes) {
        Set<ObjectId> unknown = tables.objects().unknown(scope.region(), ids);
        tables.objects().reserve(0, scope, kind, unknown);
        unknown.forEach(id -> tables.objects().written(id, bytes));
    }

    private void note(Snapshot snapshot, String damage) {
        work.findings().count(snapshot.region(), Findings.Counted.DAMAGED_SNAPSHOTS, 1);
        work.findings()
                .note(snapshot.region(), "snapshot " + snapshot.id() + " is damaged: " + damage);
        if (snapshot.damage().isEmpty()) {
            Snapshot damaged = snapshot.withDamage(Optional.of(damage));
            work.catalog()
                    .write(tables -> {
                        tables.snapshots().update(damaged);
                        RECORDS.changed(tables, damaged);
                        return damaged;
                    });
        }
    }
}
