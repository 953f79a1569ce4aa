package org.imageferry.copy;

import java.util.List;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// The last objects of a part: durable in the store, and entered in the catalog with the part itself. Were
/// each entered on its own, a small part would cost twice as many commits.
record Landing(Scope scope, List<Landed> objects) {
    /// @param names of a segment's blocks, by ordinal; of a manifest none
    record Landed(ObjectId id, StoredObjects.Kind kind, long bytes, List<Digest> names) {
        private ObjectName name() {
            return kind == StoredObjects.Kind.SEGMENT
                    ? StoreLayout.segment(id)
                    : StoreLayout.manifest(id);
        }
    }

    /// They are live from now on.
    ///
    /// @return false if one was condemned meanwhile
    boolean enter(Tables tables) {
        for (Landed object : objects) {
            if (!tables.objects().written(object.id(), object.bytes())) {
                return false;
            }
            if (object.kind() == StoredObjects.Kind.SEGMENT) {
                tables.index().add(scope, object.id(), object.names());
            }
        }
        return true;
    }

    /// Deletes what was not entered: a collector that came before it was written does not look again soon.
    void withdraw(Catalog catalog, RegionStore store) throws StoreException {
        for (Landed object : objects) {
            boolean live =
                    catalog.read(tables -> tables.objects().find(object.id()))
                            .filter(row -> row.state() == StoredObjects.State.LIVE)
                            .isPresent();
            if (!live) {
                store.delete(object.name());
            }
        }
    }
}
