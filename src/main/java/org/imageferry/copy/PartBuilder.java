package org.imageferry.copy;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.EncodedBlock;
import org.imageferry.blocks.Manifest;
import org.imageferry.blocks.Seal;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one part in a region: finds which of its blocks are there already, takes the others, and ends
/// with the part's manifest. Any number of threads may use it at once.
///
/// Where blocks are is asked of the nearest part first, all at once, and only then of the index.
final class PartBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(PartBuilder.class);

    /// Until the thread that brings a block has put it into a segment.
    private static final BlockLocation UNDER_WAY = new BlockLocation(new ObjectId(0, 0), -1);

    private final Workshop shop;
    private final RegionStore store;
    private final Seal seal;
    private final Lease lease;
    private final ObjectId id;
    private final SegmentWriter writer;
    private final Map<Digest, BlockLocation> near;
    private final Map<Digest, BlockLocation> located = new ConcurrentHashMap<>();
    private final Queue<Placed> placed = new ConcurrentLinkedQueue<>();
    private final AtomicLong movedBytes = new AtomicLong();

    private record Placed(int page, int length, Digest content) {}

    /// What a part has become, ready to be committed.
    ///
    /// @param content the digest of the part's content
    /// @param listed what the manifest says
    /// @param needs its objects, the manifest among them
    /// @param landing those of them that are entered with the part
    /// @param movedBytes of content that were new here
    /// @param storedBytes that were written for them
    record Built(
            Digest digest,
            Digest content,
            ObjectId manifest,
            Manifest listed,
            long contentBytes,
            Set<ObjectId> needs,
            Landing landing,
            long movedBytes,
            long storedBytes) {
        /// Whether one of its blocks lies at a place that is bad.
        boolean isIn(Damage.Places bad) {
            return !bad.none()
                    && listed.entries().stream().anyMatch(block -> bad.has(block.location()));
        }
    }

    /// @param seal of the scope that the part is made in
    /// @param nearest a part of the scope that likely has many of the same blocks
    PartBuilder(
            Workshop shop, RegionStore store, Seal seal, Lease lease, Optional<Parts.Part> nearest)
            throws StoreException {
        this.shop = shop;
        this.store = store;
        this.seal = seal;
        this.lease = lease;
        this.id = shop.ids().object();
        this.writer = new SegmentWriter(shop, store, seal.scope(), lease, id);
        this.near = nearest.isPresent() ? blocksOf(nearest.get()) : Map.of();
    }

    private Map<Digest, BlockLocation> blocksOf(Parts.Part part) throws StoreException {
        try {
            return blocksOf(part, Manifests.read(store, part, seal, DamageReports.of(shop)));
        } catch (StoreException e) {
            if (DamageReports.isDamage(e)) {
                return Map.of(); // it went meanwhile; it was only a guess
            }
            throw e;
        } catch (DamagedException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("damaged manifest passed over");
            return Map.of();
        }
    }

    /// Places that are known to be bad are of no use. Those that the part does not need any more were given
    /// up: who needed them would be refused.
    private Map<Digest, BlockLocation> blocksOf(Parts.Part part, Manifest manifest) {
        Set<ObjectId> needed =
                Set.copyOf(shop.catalog().read(tables -> tables.parts().needs(part)));
        Damage.Places bad =
                shop.catalog()
                        .read(t -> t.damage().among(seal.scope().region(), manifest.segments()));
        Map<Digest, BlockLocation> blocks = new HashMap<>(manifest.size() * 2);
        for (Manifest.Entry block : manifest.entries()) {
            if (needed.contains(block.location().segment()) && !bad.has(block.location())) {
                blocks.put(block.content(), block.location());
            }
        }
        return blocks;
    }

    /// Finds which of these blocks the scope has already; each is asked for once.
    ///
    /// @param contents digests of the blocks' contents, whatever the scope calls them
    /// @return those that the caller must bring: to nobody else the same is said
    Set<Digest> missing(Collection<Digest> contents) {
        Map<Digest, Digest> mine = new HashMap<>(); // by their names
        for (Digest content : contents) {
            BlockLocation there = near.get(content);
            BlockLocation before = located.putIfAbsent(content, there == null ? UNDER_WAY : there);
            if (before == null && there == null) {
                mine.put(seal.name(content), content);
            }
        }
        if (!mine.isEmpty()) {
            Map<Digest, BlockLocation> indexed =
                    shop.catalog().read(tables -> tables.index().find(seal.scope(), mine.keySet()));
            indexed.forEach((name, location) ->
                    located.put(Objects.requireNonNull(mine.remove(name)), location));
        }
        return new HashSet<>(mine.values());
    }

    /// Says which block stands on this page of the part.
    ///
    /// @param content the digest of its content
    void place(int page, int length, Digest content) {
        placed.add(new Placed(page, length, content));
    }

    /// Takes a block that was missing.
    ///
    /// @param content the digest of its content
    /// @param block as the scope keeps it
    void bring(Digest content, EncodedBlock block)
            throws StoreException, ClaimLostException, InterruptedException {
        located.put(content, writer.append(block));
        movedBytes.addAndGet(block.length());
    }

    /// Writes the last segment and the manifest. All blocks have been placed and brought.
    Built finish() throws Exception {
        Manifest manifest =
                new Manifest(
                        placed.stream()
                                .sorted(Comparator.comparingInt(Placed::page))
                                .map(this::entry)
                                .toList(),
                        seal);
        Set<ObjectId> needs = new HashSet<>(manifest.segments());
        needs.add(id);
        return new Built(
                manifest.digest(),
                manifest.content(),
                id,
                manifest,
                manifest.contentBytes(),
                needs,
                land(manifest),
                movedBytes.get(),
                writer.storedBytes());
    }

    /// At the same time, for each waits for a disk or a network.
    private Landing land(Manifest manifest) throws Exception {
        ByteBuffer bytes = manifest.encode(seal, shop.seals().salts());
        Queue<Landing.Landed> landed = new ConcurrentLinkedQueue<>();
        writer.reserveManifest();
        boolean whole = false;
        try {
            shop.lanes()
                    .both(
                            () -> {
                                writer.finish().ifPresent(landed::add);
                                lease.keep(); // it may have taken long, and so may the other
                            },
                            () -> {
                                landed.add(write(bytes));
                                lease.keep();
                            });
            whole = true;
        } finally {
            if (!whole) {
                withdraw(new Landing(seal.scope(), List.copyOf(landed)));
            }
        }
        return new Landing(seal.scope(), List.copyOf(landed));
    }

    /// The collector would, too, but only when nothing can land any more that hangs now.
    private void withdraw(Landing landing) {
        try {
            landing.withdraw(shop.catalog(), store);
        } catch (StoreException e) {
            LOG.atInfo().addKeyValue("reason", e.getMessage()).log("left to the collector");
        }
    }

    private Manifest.Entry entry(Placed block) {
        BlockLocation location = located.getOrDefault(block.content(), UNDER_WAY);
        if (location.equals(UNDER_WAY)) {
            throw new IllegalStateException(
                    "a block of page " + block.page() + " was never brought");
        }
        return new Manifest.Entry(block.page(), block.length(), block.content(), location);
    }

    private Landing.Landed write(ByteBuffer manifest) throws StoreException {
        store.write(StoreLayout.manifest(id), manifest);
        return new Landing.Landed(id, StoredObjects.Kind.MANIFEST, manifest.remaining(), List.of());
    }

    /// Gives the memory back when the part came to nothing.
    void abandon() {
        writer.abandon();
    }
}
