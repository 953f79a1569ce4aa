package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;

/// Brings blocks that a region has lost from the other regions' stores, where the same account's plain
/// scope holds them under the same names. In a sealed scope names are keyed, and no other scope knows
/// them.
final class Donors {
    /// As many as a segment takes at most.
    private static final int MOST_BLOCKS = 1_024;

    private final Workshop shop;
    private final Region region;
    private final Scope scope;
    private final DamageReports reports;
    private final Set<String> unasked = new LinkedHashSet<>();

    Donors(Workshop shop, Region region, Scope scope) {
        this.shop = shop;
        this.region = region;
        this.scope = scope;
        this.reports = DamageReports.of(shop);
    }

    /// A segment that is durable in the region's store, and that nobody holds.
    record Gift(ObjectId segment, long bytes, List<Digest> names) {}

    /// Why regions could not be asked, if any could not.
    Set<String> unasked() {
        return unasked;
    }

    private List<Region> others() {
        return scope.key().isPresent()
                ? List.of()
                : shop.regions().all().stream()
                        .filter(other -> !other.id().equals(region.id()))
                        .filter(this::canBeAsked)
                        .toList();
    }

    private boolean canBeAsked(Region other) {
        other.health().gone().ifPresent(why -> unasked.add(other.id() + ": " + why));
        return other.health().gone().isEmpty();
    }

    private Scope in(Region other) {
        return new Scope(scope.account(), other.id());
    }

    /// What the part lists, as an equal part elsewhere says.
    Optional<Manifest> manifest(Digest part) {
        for (Region other : others()) {
            Optional<Parts.Part> equal =
                    shop.catalog().read(tables -> tables.parts().any(in(other), part));
            Optional<Manifest> manifest = equal.flatMap(it -> read(other, it));
            if (manifest.isPresent()) {
                return manifest;
            }
        }
        return Optional.empty();
    }

    private Optional<Manifest> read(Region other, Parts.Part part) {
        try {
            Seal seal = new Seal.None(part.scope());
            return Optional.of(Manifests.read(other.store(), part, seal, reports));
        } catch (DamagedException e) {
            return Optional.empty();
        } catch (StoreException e) {
            note(other, e);
            return Optional.empty();
        }
    }

    private void note(Region other, StoreException failure) {
        if (!DamageReports.isDamage(failure)) {
            unasked.add(other.id() + ": " + failure.getMessage());
        }
    }

    /// Brings some of these blocks, as many as go into one segment, each decoded and checked.
    ///
    /// @return nothing if no region has any of them
    /// @throws StoreException if the region's own store does not take them
    Optional<Gift> bring(Collection<Digest> names) throws StoreException {
        Set<Digest> wanted = new HashSet<>(names.stream().sorted().limit(MOST_BLOCKS).toList());
        ObjectId id = shop.ids().object();
        Packing packing = new Packing(id);
        for (Region other : others()) {
            give(other, wanted, packing);
        }
        return packing.builder.isPresent()
                ? Optional.of(write(packing.builder.get()))
                : Optional.empty();
    }

    /// The segment being put together; it takes no memory before there is a block.
    private final class Packing {
        private final ObjectId id;
        private Optional<SegmentBuilder> builder = Optional.empty();

        Packing(ObjectId id) {
            this.id = id;
        }

        /// @return false if there is no room left
        boolean take(EncodedBlock block) {
            if (builder.isEmpty()) {
                ByteBuffer buffer = ByteBuffer.allocate(SegmentBuilder.BUFFER_BYTES);
                builder = Optional.of(new SegmentBuilder(id, scope, buffer));
            }
            if (!builder.get().fits(block.storedLength())) {
                return false;
            }
            builder.get().append(block);
            return true;
        }
    }

    private void give(Region other, Set<Digest> wanted, Packing packing) {
        Map<Digest, BlockLocation> there =
                shop.catalog().read(tables -> tables.index().find(in(other), wanted));
        Optional<Seal> seal = Optional.of(new Seal.None(in(other)));
        try (BlockProbe probe = new BlockProbe(other.store(), in(other), seal, shop.footers())) {
            for (Map.Entry<Digest, BlockLocation> block : new TreeMap<>(there).entrySet()) {
                Optional<EncodedBlock> read = read(probe, other, block.getKey(), block.getValue());
                if (read.isPresent() && packing.take(read.get())) {
                    wanted.remove(block.getKey());
                }
            }
        }
    }

    private Optional<EncodedBlock> read(
            BlockProbe probe, Region other, Digest name, BlockLocation place) {
        try {
            return Optional.of(probe.read(name, place));
        } catch (DamagedException e) {
            reports.bad(
                    place.segment(), Map.of(place.ordinal(), name), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            note(other, e);
            if (DamageReports.isDamage(e)) {
                reports.lost(place.segment(), String.valueOf(e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /// Nobody holds it: until the part is said to need it, the collector may come first, and then all of
    /// this is done again.
    private Gift write(SegmentBuilder builder) throws StoreException {
        reserve(StoredObjects.Kind.SEGMENT, builder.id());
        List<Digest> names = builder.names();
        ByteBuffer bytes = builder.finish();
        region.store().write(StoreLayout.segment(builder.id()), bytes);
        return new Gift(builder.id(), bytes.remaining(), names);
    }

    void reserve(StoredObjects.Kind kind, ObjectId id) {
        shop.catalog()
                .write(tables -> {
                    tables.objects().reserve(StoredObjects.NOBODY, scope, kind, List.of(id));
                    return id;
                });
    }
}
