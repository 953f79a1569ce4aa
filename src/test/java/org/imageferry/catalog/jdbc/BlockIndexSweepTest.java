package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Parts;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rows of the block index that lead to condemned segments go, a stretch at a time.
class BlockIndexSweepTest {
    private static final int STRETCH = JdbcBlockIndex.ROWS_PER_SWEEP;

    private final TestClock clock = new TestClock();
    private final Catalog catalog = SqliteCatalog.inMemory(clock, new Random(1));
    private final CatalogScenes scenes = new CatalogScenes(catalog);

    @AfterEach
    void close() {
        catalog.close();
    }

    private void add(Scope scope, ObjectId segment, int blocks) {
        List<Digest> names = scenes.digests(blocks);
        catalog.write(tables -> {
            tables.index().add(scope, segment, names);
            return true;
        });
    }

    private int condemn() {
        return catalog.write(tables -> tables.objects().condemn(HANGZHOU, 10));
    }

    private long rows() {
        return catalog.read(
                tables -> ((JdbcTables) tables).sql().number("select count(*) from block"));
    }

    private Parts.Part keep(Scope scope, ObjectId segment) {
        Digest digest = scenes.digest();
        return catalog.write(
                        tables -> tables.parts().add(scope, digest, segment, 1, List.of(segment)))
                .orElseThrow();
    }

    @Test
    void staleRowsGoWithTheirSegmentAndOthersStay() {
        Scope scope = scenes.scope();
        ObjectId kept = scenes.segment(scope);
        keep(scope, kept);
        add(scope, kept, 10);
        add(scope, scenes.segment(scope), 5);
        assertThat(condemn()).isEqualTo(1);
        assertThat(rows()).isEqualTo(10);
    }

    @Test
    void aLargeIndexIsSweptInSeveralSteps() {
        Scope scope = scenes.scope();
        ObjectId kept = scenes.segment(scope);
        keep(scope, kept);
        add(scope, kept, STRETCH);
        add(scope, scenes.segment(scope), STRETCH);
        assertThat(condemn()).isEqualTo(1);
        assertThat(rows()).isBetween(STRETCH + 1L, 2L * STRETCH - 1);
        condemn();
        condemn();
        assertThat(rows()).isEqualTo(STRETCH);
    }

    @Test
    void whatIsCondemnedDuringASweepIsSweptByTheNext() {
        Scope scope = scenes.scope();
        ObjectId kept = scenes.segment(scope);
        keep(scope, kept);
        add(scope, kept, 2 * STRETCH);
        add(scope, scenes.segment(scope), 5);
        condemn();
        add(scope, scenes.segment(scope), 500);
        assertThat(condemn()).isEqualTo(1);
        for (int i = 0; i < 6; i++) {
            condemn();
        }
        assertThat(rows()).isEqualTo(2 * STRETCH);
    }

    @Test
    void eachScopeIsSweptInItsTurn() {
        for (int i = 0; i < 3; i++) {
            Scope scope = scenes.scope();
            add(scope, scenes.segment(scope), 5);
        }
        assertThat(condemn()).isEqualTo(3);
        assertThat(rows()).isEqualTo(10);
        condemn();
        condemn();
        assertThat(rows()).isZero();
    }

    @Test
    void aScopeThatIsAlwaysDirtyKeepsNoOtherWaiting() {
        Scope busy = scenes.scope();
        Scope other = scenes.scope();
        ObjectId kept = scenes.segment(other);
        keep(other, kept);
        add(other, scenes.segment(other), 5);
        for (int i = 0; i < 3; i++) {
            add(busy, scenes.segment(busy), 5);
            condemn();
            clock.advance(Duration.ofSeconds(1));
        }
        assertThat(rows()).isZero();
    }

    @Test
    void rowsOfAnObjectThatIsForgottenLeadToNoOtherObject() {
        Scope scope = scenes.scope();
        ObjectId kept = scenes.segment(scope);
        keep(scope, kept);
        add(scope, kept, 2 * STRETCH);
        ObjectId gone = scenes.segment(scope);
        List<Digest> names = scenes.digests(300);
        catalog.write(tables -> {
            tables.index().add(scope, gone, names);
            return tables.objects().condemn(HANGZHOU, 10);
        });
        catalog.write(tables -> {
            tables.objects().remove(gone);
            return true;
        });
        scenes.segment(scope);
        assertThat(rows()).isGreaterThan(2L * STRETCH);
        Map<Digest, BlockLocation> found =
                catalog.read(tables -> tables.index().find(scope, names));
        assertThat(found).isEmpty();
    }
}
