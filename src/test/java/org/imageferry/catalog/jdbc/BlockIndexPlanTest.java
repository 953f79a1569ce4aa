package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.util.List;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.Test;

class BlockIndexPlanTest {
    /// A scope has millions: to go through all of them is not called a scan, but takes as long.
    @Test
    void blocksAreLookedUpByTheirNames() {
        try (Catalog catalog = SqliteCatalog.inMemory(new TestClock(), new Random(1))) {
            CatalogScenes scenes = new CatalogScenes(catalog);
            Scope scope = new Scope(scenes.account(), HANGZHOU);
            scenes.image(scope.account(), HANGZHOU);
            catalog.write(tables -> tables.index().find(scope, List.of(scenes.digest())));
            Plans plans = new Plans(catalog);
            assertThat(
                            plans.steps(plans.statements()).stream()
                                    .filter(step -> step.statement().contains("as listed"))
                                    .map(Plans.Step::plan)
                                    .filter(plan -> plan.contains(" block ")))
                    .containsExactly("SEARCH block USING PRIMARY KEY (scope=? AND name=?)");
        }
    }
}
