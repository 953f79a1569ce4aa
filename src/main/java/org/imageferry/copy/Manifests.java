package org.imageferry.copy;

import java.nio.ByteBuffer;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Reads parts' manifests from their region's store.
final class Manifests {
    /// A part of the smallest blocks has fewer than 2^18 of them, at about 50 bytes each.
    private static final long MOST_BYTES = 32L << 20;

    private Manifests() {}

    /// @param seal of the part's scope
    /// @param reports hears if it is bad or missing
    static Manifest read(RegionStore store, Parts.Part part, Seal seal, DamageReports reports)
            throws StoreException, DamagedException {
        try {
            return Manifest.decode(bytes(store, part.manifest()), seal, part.digest());
        } catch (DamagedException e) {
            reports.lost(part.manifest(), String.valueOf(e.getMessage()));
            throw e;
        } catch (StoreException e) {
            if (DamageReports.isDamage(e)) {
                reports.lost(part.manifest(), String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /// All of a manifest, unchecked.
    static ByteBuffer bytes(RegionStore store, ObjectId manifest) throws StoreException {
        ObjectName name = StoreLayout.manifest(manifest);
        long length = store.length(name);
        if (length > MOST_BYTES) {
            throw new StoreException(
                    StoreException.Kind.DAMAGED,
                    name + " has " + length + " bytes: too long for a manifest");
        }
        ByteBuffer bytes = ByteBuffer.allocate((int) length);
        store.read(name, 0, bytes);
        return bytes.flip();
    }
}
