package org.imageferry.copy;

import java.util.function.UnaryOperator;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.records.RegionRecord;

/// Takes an administrator's requests about what is allowed in a region. Copies that were accepted
/// before go on.
public final class RegionAdministration {
    private final Changes changes;
    private final RegionMap regions;

    public RegionAdministration(Changes changes, RegionMap regions) {
        this.changes = changes;
        this.regions = regions;
    }

    /// @return the rules from now on
    /// @throws org.imageferry.domain.RefusedException `UnknownRegion`
    public RegionRules change(Caller caller, RegionId region, UnaryOperator<RegionRules> next) {
        regions.check(region, new Refusal.UnknownRegion(region));
        return changes.make(
                caller,
                tables -> {
                    tables.regions().lock(region);
                    RegionRules rules = next.apply(tables.regions().rules(region));
                    tables.regions().setRules(region, rules);
                    RegionRecord.changed(tables, region);
                    return rules;
                });
    }
}
