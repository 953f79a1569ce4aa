package org.imageferry.copy;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceId;
import org.imageferry.domain.Tags;

/// Takes requests to change the tags of images and snapshots, also of such as are still being made.
public final class Tagging {
    private final Changes changes;
    private final RegionMap regions;

    public Tagging(Changes changes, RegionMap regions) {
        this.changes = changes;
        this.regions = regions;
    }

    /// All of them or, if one is refused, none.
    ///
    /// @param next from the tags of each to what they shall be
    /// @throws org.imageferry.domain.RefusedException `UnknownRegion`; `UnknownResource` if one is not
    ///     the caller's in this region; `TooManyTags`
    public void change(
            Caller caller, RegionId region, Set<ResourceId> ids, UnaryOperator<Tags> next) {
        regions.check(region, new Refusal.UnknownRegion(region));
        changes.make(
                caller,
                tables -> {
                    Attributes attributes = new Attributes(tables, caller.account(), region);
                    ids.forEach(id -> attributes.tags(id, next));
                    return ids;
                });
    }
}
