package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.util.List;
import java.util.Optional;
import org.imageferry.catalog.Restoration.Told;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.junit.jupiter.api.Test;

interface RestorationContract extends CatalogFixture {
    private static Told told(String subject, RegionId region, long revision, long sequence) {
        return new Told("account", subject, region, revision, sequence, false);
    }

    private void note(Told... all) {
        change(tables -> List.of(all).forEach(tables.restoration()::note));
    }

    private List<Told> told() {
        return rows(tables -> tables.restoration().told("account", Optional.empty(), 10));
    }

    private List<Told> newest() {
        return rows(tables -> tables.restoration().newest("account", Optional.empty(), 10));
    }

    @Test
    default void ofARegionsSubjectTheHighestRevisionStaysAndThenTheHighestSequence() {
        scenes();
        note(told("a", HANGZHOU, 2, 7), told("a", HANGZHOU, 1, 9));
        assertThat(told()).containsExactly(told("a", HANGZHOU, 2, 7));
        note(told("a", HANGZHOU, 2, 6));
        assertThat(told()).containsExactly(told("a", HANGZHOU, 2, 7));
        note(told("a", HANGZHOU, 2, 8));
        assertThat(told()).containsExactly(told("a", HANGZHOU, 2, 8));
    }

    @Test
    default void ofAllRegionsTheHighestRevisionIsTheNewest() {
        scenes();
        Told gone = new Told("account", "b", SHANGHAI, 3, 4, true);
        note(told("a", HANGZHOU, 2, 7), told("a", SHANGHAI, 3, 1), told("a", BEIJING, 3, 5));
        note(told("b", HANGZHOU, 2, 8), gone);
        assertThat(newest()).containsExactly(told("a", BEIJING, 3, 5), gone);
        assertThat(number(tables -> tables.restoration().regions(told("a", BEIJING, 3, 5))))
                .isEqualTo(2);
        assertThat(number(tables -> tables.restoration().regions(gone))).isEqualTo(1);
    }

    @Test
    default void notesAreListedInPagesAndByKind() {
        scenes();
        Told other = new Told("image", "a", HANGZHOU, 1, 9, false);
        note(told("b", HANGZHOU, 1, 1), told("a", SHANGHAI, 1, 1), told("a", HANGZHOU, 1, 2));
        note(other);
        List<Told> first =
                rows(tables -> tables.restoration().told("account", Optional.empty(), 2));
        assertThat(first).containsExactly(told("a", HANGZHOU, 1, 2), told("a", SHANGHAI, 1, 1));
        assertThat(
                        rows(tables ->
                                tables.restoration()
                                        .told("account", Optional.of(first.getLast()), 2)))
                .containsExactly(told("b", HANGZHOU, 1, 1));
        assertThat(rows(tables -> tables.restoration().told("image", Optional.empty(), 2)))
                .containsExactly(other);
    }

    @Test
    default void theNextRecordSupersedesTheOneThatWasNoted() {
        scenes();
        note(told("a", HANGZHOU, 1, 5), told("a", HANGZHOU, 2, 8), told("a", HANGZHOU, 1, 6));
        change(tables -> {
            tables.restoration().records(HANGZHOU, 9);
            tables.outbox().add(HANGZHOU, "a", "{}");
        });
        assertThat(rows(tables -> tables.outbox().pending(HANGZHOU, 10)))
                .containsExactly(new Outbox.Entry(HANGZHOU, 10, "a", "{}", Optional.of(8L)));
    }

    @Test
    default void theCatalogBecomesAnotherInstallations() {
        String id = "0123456789abcdef".repeat(2);
        change(tables -> tables.restoration().installation(id));
        assertThat(row(tables -> Optional.of(tables.regions().installation()))).contains(id);
    }

    @Test
    default void recordsAreCountedOnFromWhereTheyWere() {
        AccountId account = scenes().account();
        change(tables -> {
            tables.restoration().revised(Restoration.Counted.ACCOUNT, account.value(), 7);
            tables.restoration().revised(Restoration.Counted.REGION, HANGZHOU.value(), 4);
        });
        assertThat(catalog().<Long>write(tables -> tables.accounts().raise(account))).isEqualTo(8);
        assertThat(catalog().<Long>write(tables -> tables.regions().raise(HANGZHOU))).isEqualTo(5);
    }

    @Test
    default void theFirstDamageOfAPartIsRememberedUntilTheEnd() {
        Scope scope = scenes().scope();
        List<ObjectId> needs = scenes().objects(scope, StoredObjects.Kind.MANIFEST, 1);
        Parts.Part part =
                catalog()
                        .<Optional<Parts.Part>>write(tables ->
                                tables.parts()
                                        .add(scope, scenes().digest(), needs.getFirst(), 1, needs))
                        .orElseThrow();
        assertThat(row(tables -> tables.restoration().damage(part))).isEmpty();
        change(tables -> tables.restoration().damaged(part, "torn"));
        change(tables -> tables.restoration().damaged(part, "worn"));
        assertThat(row(tables -> tables.restoration().damage(part))).contains("torn");
        note(told("a", HANGZHOU, 1, 1));
        change(tables -> tables.restoration().end());
        assertThat(row(tables -> tables.restoration().damage(part))).isEmpty();
        assertThat(told()).isEmpty();
    }
}
