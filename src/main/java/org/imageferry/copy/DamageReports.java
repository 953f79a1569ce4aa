package org.imageferry.copy;

import java.util.Map;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of what was found bad or missing while it was read.
interface DamageReports {
    /// For who only looks.
    DamageReports NOBODY =
            new DamageReports() {
                @Override
                public void bad(ObjectId segment, Map<Integer, Digest> blocks, String why) {}

                @Override
                public void lost(ObjectId object, String why) {}
            };

    /// Blocks of a segment are not as they were written.
    ///
    /// @param blocks their names, by ordinal
    void bad(ObjectId segment, Map<Integer, Digest> blocks, String why);

    /// An object is missing, or says what is not true of itself. One that the catalog has given up is
    /// not lost.
    void lost(ObjectId object, String why);

    /// Notes it in the catalog, so that nobody is led there any more and the parts that need it are
    /// healed.
    static DamageReports of(Workshop shop) {
        return new Noting(shop.catalog());
    }

    /// Whether it tells that bytes are bad or missing, not that the store can't be asked.
    static boolean isDamage(StoreException failure) {
        return failure.kind() == StoreException.Kind.MISSING
                || failure.kind() == StoreException.Kind.DAMAGED;
    }

    record Noting(Catalog catalog) implements DamageReports {
        private static final Logger LOG = LoggerFactory.getLogger(DamageReports.class);

        @Override
        public void bad(ObjectId segment, Map<Integer, Digest> blocks, String why) {
            boolean news =
                    !blocks.isEmpty()
                            && catalog.write(tables -> tables.damage().bad(segment, blocks));
            if (news) {
                LOG.atWarn()
                        .addKeyValue("segment", segment)
                        .addKeyValue("blocks", blocks.size())
                        .addKeyValue("reason", why)
                        .log("bad blocks found");
            }
        }

        @Override
        public void lost(ObjectId object, String why) {
            if (isLive(object) && catalog.write(tables -> tables.damage().lost(object))) {
                LOG.atWarn()
                        .addKeyValue("object", object)
                        .addKeyValue("reason", why)
                        .log("an object is lost");
            }
        }

        /// Readers often come to segments that were compacted away: these must not have writers wait.
        private boolean isLive(ObjectId object) {
            return catalog.read(tables -> tables.objects().find(object))
                    .filter(it -> it.state() == StoredObjects.State.LIVE)
                    .isPresent();
        }
    }
}
