package org.imageferry.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.imageferry.catalog.Compaction;
import org.imageferry.catalog.Damage;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;

/// What the regions' stores hold, and what in them is known to be bad. It is the whole installation's,
/// whichever node is asked.
final class StorageGauges {
    private final Gauge objects;
    private final Gauge bytes;
    private final Gauge dead;
    private final Gauge badBlocks;
    private final Gauge lostObjects;
    private final Gauge damagedParts;
    private final Gauge unavailableImages;
    private final Gauge unchecked;

    StorageGauges(PrometheusRegistry registry) {
        this.objects =
                Gauge.builder()
                        .name("imageferry_stored_objects")
                        .help("Objects in a region's store: needed, idle or condemned.")
                        .labelNames("region", "state")
                        .register(registry);
        this.bytes =
                Gauge.builder()
                        .name("imageferry_stored_bytes")
                        .unit(Unit.BYTES)
                        .help("What they take.")
                        .labelNames("region", "state")
                        .register(registry);
        this.dead =
                gauge("imageferry_dead_bytes", "Bytes in needed segments that no part needs.")
                        .unit(Unit.BYTES)
                        .register(registry);
        this.badBlocks =
                gauge("imageferry_bad_blocks", "Blocks that are known to be bad.")
                        .register(registry);
        this.lostObjects =
                gauge("imageferry_lost_objects", "Objects that are known to be missing or wrong.")
                        .register(registry);
        this.damagedParts =
                gauge("imageferry_damaged_parts", "Parts that could not be healed.")
                        .register(registry);
        this.unavailableImages =
                gauge("imageferry_unavailable_images", "Images that have such parts.")
                        .register(registry);
        this.unchecked =
                gauge(
                                "imageferry_oldest_check_age_seconds",
                                "How long ago the object was read that waits longest to be; 0 if"
                                        + " there is none.")
                        .unit(Unit.SECONDS)
                        .register(registry);
    }

    private static Gauge.Builder gauge(String name, String help) {
        return Gauge.builder().name(name).help(help).labelNames("region");
    }

    /// How a region stands, as one transaction sees it.
    record Look(
            RegionId region,
            Instant now,
            StoredObjects.Usage usage,
            Compaction.Dead dead,
            Damage.Standing standing) {
        static Look at(Tables tables, RegionId region) {
            return new Look(
                    region,
                    tables.now(),
                    tables.objects().usage(region),
                    tables.compaction().dead(region),
                    tables.damage().standing(region));
        }
    }

    void tell(Look look) {
        String region = look.region().value();
        set(region, "needed", look.usage().needed());
        set(region, "idle", look.usage().idle());
        set(region, "condemned", look.usage().condemned());
        dead.labelValues(region).set((double) look.dead().deadBytes());
        badBlocks.labelValues(region).set((double) look.standing().badBlocks());
        lostObjects.labelValues(region).set((double) look.standing().lostObjects());
        damagedParts.labelValues(region).set((double) look.standing().damagedParts());
        unavailableImages.labelValues(region).set((double) look.standing().unavailableImages());
        long age =
                look.standing()
                        .oldestCheck()
                        .map(at -> Duration.between(at, look.now()).toSeconds())
                        .orElse(0L);
        unchecked.labelValues(region).set((double) Math.max(0, age));
    }

    private void set(String region, String state, StoredObjects.Sum sum) {
        objects.labelValues(region, state).set((double) sum.objects());
        bytes.labelValues(region, state).set((double) sum.bytes());
    }

    /// Nobody knows.
    void unknown() {
        List.of(
                        objects,
                        bytes,
                        dead,
                        badBlocks,
                        lostObjects,
                        damagedParts,
                        unavailableImages,
                        unchecked)
                .forEach(Gauge::clear);
    }
}
