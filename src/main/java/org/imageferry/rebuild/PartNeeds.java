package org.imageferry.rebuild;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.FooterCache;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.ManifestOutline;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.records.ToldSnapshot.ToldPart;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;

/// Finds out what a part needs: its manifest, and the segments in which its blocks lie. For that no key is
/// needed, whether the part is sealed or not.
final class PartNeeds {
    /// A part of the smallest blocks has fewer than 2^18 of them, at about 80 bytes each if they are sealed.
    private static final int MOST_MANIFEST_BYTES = 32 << 20;

    private final Catalog catalog;
    private final RegionStore store;
    private final Scope scope;
    private final FooterCache footers;

    PartNeeds(Catalog catalog, RegionStore store, Scope scope, FooterCache footers) {
        this.catalog = catalog;
        this.store = store;
        this.scope = scope;
        this.footers = footers;
    }

    /// What was found of a part.
    ///
    /// @param manifestBytes how long the manifest is; 0 if it is missing
    /// @param segments in which its blocks lie, or should
    /// @param contentBytes of the blocks that were found
    /// @param damage what is wrong with it, if anything is
    record Found(
            ToldPart part,
            long manifestBytes,
            Set<ObjectId> segments,
            long contentBytes,
            Optional<String> damage) {
        static Found broken(ToldPart part, long manifestBytes, String damage) {
            return new Found(
                    part,
                    manifestBytes,
                    Set.of(),
                    0,
                    Optional.of("part " + part.digest() + ": " + damage));
        }
    }

    Found of(ToldPart part) throws StoreException {
        StoreReader.Read read =
                new StoreReader(store)
                        .read(StoreLayout.manifest(part.manifest()), MOST_MANIFEST_BYTES);
        if (read.bad().isPresent()) {
            StoreReader.Bad bad = read.bad().get();
            return Found.broken(part, bad.bytes(), bad.reason());
        }
        ByteBuffer bytes = ByteBuffer.wrap(read.content().orElseThrow());
        try {
            if (scope.key().isEmpty()) {
                Manifest.decode(bytes, new Seal.None(scope), part.digest());
            }
            ManifestOutline outline = ManifestOutline.read(bytes, scope, part.manifest());
            return new Search(part, bytes.limit(), outline).run();
        } catch (DamagedException e) {
            return Found.broken(part, bytes.limit(), String.valueOf(e.getMessage()));
        }
    }

    /// Looks for the blocks of one part.
    private final class Search {
        private final ToldPart part;
        private final long manifestBytes;
        private final ManifestOutline outline;
        private final Set<ObjectId> segments = new HashSet<>();
        private final Map<ObjectId, Optional<SegmentFooter>> looked = new HashMap<>();
        private long contentBytes;

        Search(ToldPart part, long manifestBytes, ManifestOutline outline) {
            this.part = part;
            this.manifestBytes = manifestBytes;
            this.outline = outline;
        }

        Found run() throws StoreException {
            List<Integer> astray = new ArrayList<>();
            for (int i = 0; i < outline.names().size(); i++) {
                if (!isAt(outline.names().get(i), outline.places().get(i))) {
                    astray.add(i);
                }
            }
            Optional<String> damage = findElsewhere(astray);
            return new Found(part, manifestBytes, segments, contentBytes, damage);
        }

        private boolean isAt(Digest name, BlockLocation place) throws StoreException {
            Optional<SegmentFooter.Entry> entry =
                    footer(place.segment()).flatMap(footer -> footer.find(place.ordinal(), name));
            entry.ifPresent(it -> {
                contentBytes += it.length();
                segments.add(place.segment());
            });
            return entry.isPresent();
        }

        /// Blocks may have been moved since the manifest was written: the index knows where to.
        private Optional<String> findElsewhere(List<Integer> astray) throws StoreException {
            Set<Digest> names = new HashSet<>();
            astray.forEach(i -> names.add(outline.names().get(i)));
            Map<Digest, BlockLocation> found =
                    names.isEmpty()
                            ? Map.of()
                            : catalog.read(tables -> tables.index().find(scope, names));
            Optional<String> damage = Optional.empty();
            for (int i : astray) {
                Digest name = outline.names().get(i);
                BlockLocation hint = outline.places().get(i);
                if (!isAt(name, found.getOrDefault(name, hint))) {
                    segments.add(hint.segment());
                    damage = damage.or(() -> Optional.of(missing(name, hint)));
                }
            }
            return damage;
        }

        private String missing(Digest name, BlockLocation hint) {
            return "part %s: block %s is not in segment %s, where it was, nor anywhere else"
                    .formatted(part.digest(), name, hint.segment());
        }

        private Optional<SegmentFooter> footer(ObjectId segment) throws StoreException {
            Optional<SegmentFooter> known = looked.getOrDefault(segment, Optional.empty());
            if (!looked.containsKey(segment)) {
                known = read(segment).filter(footer -> footer.scope().equals(scope));
                looked.put(segment, known);
            }
            return known;
        }

        private Optional<SegmentFooter> read(ObjectId segment) throws StoreException {
            try {
                return Optional.of(footers.get(store, segment));
            } catch (DamagedException _) {
                return Optional.empty();
            } catch (StoreException e) {
                if (!StoreReader.isDamage(e)) {
                    throw e;
                }
                return Optional.empty();
            }
        }
    }
}
