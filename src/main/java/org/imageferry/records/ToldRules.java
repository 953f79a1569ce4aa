package org.imageferry.records;

import java.util.stream.Collectors;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;

/// What the record of a region tells.
public record ToldRules(RegionRules rules) {
    public static ToldRules of(StoredRecord record) {
        Fields fields = record.fields();
        return new ToldRules(
                new RegionRules(
                        fields.flag("copying", true),
                        fields.flag("customerKeys", true),
                        fields.instant("oldestSnapshot"),
                        fields.texts("barredDestinations").stream()
                                .map(RegionId::new)
                                .collect(Collectors.toSet())));
    }
}
