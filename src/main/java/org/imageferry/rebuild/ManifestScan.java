package org.imageferry.rebuild;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;

/// Enters the manifests that no snapshot needs, so that the collector knows of them.
final class ManifestScan {
    private static final int AT_ONCE = 500;

    private final Work work;
    private final Source source;

    ManifestScan(Work work, Source source) {
        this.work = work;
        this.source = source;
    }

    void run() throws StoreException {
        new StoreReader(source.store())
                .each(StoreLayout.MANIFESTS, StoreLayout::manifestId, AT_ONCE, this::enter);
    }

    private void enter(List<ObjectId> ids) throws StoreException {
        List<ObjectId> all = List.copyOf(ids);
        Set<ObjectId> unknown =
                work.catalog().read(tables -> tables.objects().unknown(source.region(), all));
        Map<ObjectId, Long> lengths = new HashMap<>();
        for (ObjectId id : unknown) {
            lengths.put(id, source.store().length(StoreLayout.manifest(id)));
        }
        if (!lengths.isEmpty()) {
            work.catalog()
                    .write(tables -> {
                        lengths.forEach((id, bytes) -> enter(tables, id, bytes));
                        return lengths;
                    });
        }
    }

    private void enter(Tables tables, ObjectId id, long bytes) {
        if (tables.objects().find(id).isEmpty()) {
            Scope scope = Owners.nobody(tables, source.region());
            tables.objects().reserve(0, scope, StoredObjects.Kind.MANIFEST, List.of(id));
            tables.objects().written(id, bytes);
        }
    }
}
