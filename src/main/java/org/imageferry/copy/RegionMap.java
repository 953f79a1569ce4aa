package org.imageferry.copy;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.store.StoreException;

/// The configured regions, in the order of the configuration.
public final class RegionMap {
    private final Map<RegionId, Region> regions = new LinkedHashMap<>();

    public RegionMap(List<Region> regions) {
        regions.forEach(region -> this.regions.put(region.id(), region));
    }

    public Collection<Region> all() {
        return java.util.Collections.unmodifiableCollection(regions.values());
    }

    public Optional<Region> find(RegionId id) {
        return Optional.ofNullable(regions.get(id));
    }

    /// @throws IllegalStateException if it is not configured: for ids that come from our own rows
    public Region get(RegionId id) {
        return find(id).orElseThrow(
                        () -> new IllegalStateException("region " + id + " is not configured"));
    }

    /// @throws StoreException `UNAVAILABLE` if it is not configured any more: for regions that tasks
    ///     read from
    Region configured(RegionId id) throws StoreException {
        return find(id).orElseThrow(() ->
                new StoreException(
                        StoreException.Kind.UNAVAILABLE,
                        "region " + id + " is not in the configuration any more"));
    }

    /// @throws RefusedException with `unknown` if there is no such region
    void check(RegionId id, Refusal unknown) {
        if (!regions.containsKey(id)) {
            throw new RefusedException(unknown);
        }
    }

    /// @throws RefusedException with `unknown` if there is no such region, `RegionUnavailable` if
    ///     nothing can be brought into its store now
    Region usable(RegionId id, Refusal unknown) {
        Region region = readable(id, unknown);
        region.health().trouble().ifPresent(reason -> refuse(id, reason));
        return region;
    }

    /// @throws RefusedException with `unknown` if there is no such region, `RegionUnavailable` if its
    ///     store can't even be read now
    public Region readable(RegionId id, Refusal unknown) {
        Region region = find(id).orElseThrow(() -> new RefusedException(unknown));
        region.health().gone().ifPresent(reason -> refuse(id, reason));
        return region;
    }

    private static void refuse(RegionId id, String reason) {
        throw new RefusedException(new Refusal.RegionUnavailable(id, reason));
    }
}
