package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.StoreException;

/// Makes a part's manifest anew from an equal part's elsewhere: that tells what the part consists of, the
/// index tells where it lies here.
final class ManifestRemake {
    private final Patient patient;

    ManifestRemake(Patient patient) {
        this.patient = patient;
    }

    /// @return what can't be read of the part; nothing if all of it can
    Optional<String> run() throws StoreException {
        Optional<Manifest> equal = patient.donors().manifest(patient.part().digest());
        if (equal.isEmpty()) {
            return patient.rounds(() ->
                    patient.shop()
                            .catalog()
                            .write(tables ->
                                    patient.isThere(tables)
                                            ? patient.incurable(
                                                    tables,
                                                    "its manifest "
                                                            + patient.part().manifest()
                                                            + " can't be read")
                                            : new Patient.Settled.Gone()));
        }
        Set<Digest> names = new HashSet<>();
        equal.get().entries().forEach(entry -> names.add(entry.content()));
        return patient.rounds(() -> {
            Map<Digest, BlockLocation> found =
                    patient.read(tables -> tables.index().find(patient.scope(), names));
            Set<Digest> missing = new HashSet<>(names);
            missing.removeAll(found.keySet());
            return missing.isEmpty()
                    ? renew(equal.get(), found)
                    : patient.give(missing, (tables, gift) -> gather(tables, missing, gift));
        });
    }

    private Patient.Settled gather(Tables tables, Set<Digest> missing, Optional<Donors.Gift> gift) {
        if (!patient.isThere(tables)) {
            return new Patient.Settled.Gone();
        }
        if (gift.isEmpty()) {
            return patient.incurable(
                    tables,
                    "its manifest was lost, and " + missing.size() + " of its blocks with it");
        }
        if (patient.enter(tables, gift.get())) {
            patient.have(
                    tables,
                    Patient.segments(
                            tables.index().find(patient.scope(), gift.get().names()).values()));
        }
        return new Patient.Settled.Again();
    }

    private Patient.Settled renew(Manifest equal, Map<Digest, BlockLocation> found)
            throws StoreException {
        List<Manifest.Entry> entries = new ArrayList<>(equal.size());
        for (Manifest.Entry entry : equal.entries()) {
            BlockLocation place = Objects.requireNonNull(found.get(entry.content()));
            entries.add(new Manifest.Entry(entry.page(), entry.length(), entry.content(), place));
        }
        Seal none = new Seal.None(patient.scope());
        Manifest manifest = new Manifest(entries, none);
        ObjectId id = patient.shop().ids().object();
        patient.donors().reserve(StoredObjects.Kind.MANIFEST, id);
        ByteBuffer bytes = manifest.encode(none, patient.shop().seals().salts());
        patient.region().store().write(StoreLayout.manifest(id), bytes);
        return patient.shop()
                .catalog()
                .write(tables -> renew(tables, id, bytes.remaining(), found));
    }

    private Patient.Settled renew(
            Tables tables, ObjectId manifest, long bytes, Map<Digest, BlockLocation> found) {
        if (!patient.isThere(tables)) {
            return new Patient.Settled.Gone();
        }
        boolean same = tables.index().find(patient.scope(), found.keySet()).equals(found);
        if (!same || !tables.objects().written(manifest, bytes)) {
            return new Patient.Settled.Again();
        }
        Optional<Parts.Part> renewed =
                tables.parts().renew(patient.part(), manifest, Patient.segments(found.values()));
        renewed.ifPresent(it -> DamageNotes.part(tables, it, true));
        return renewed.isPresent() ? new Patient.Settled.Whole() : new Patient.Settled.Again();
    }
}
