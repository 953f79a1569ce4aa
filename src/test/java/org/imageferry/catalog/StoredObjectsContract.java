package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.NO_CLAIM;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface StoredObjectsContract extends CatalogFixture {
    private int condemn(int limit) {
        return catalog().write(tables -> tables.objects().condemn(HANGZHOU, limit));
    }

    private Optional<StoredObjects.StoredObject> found(ObjectId id) {
        return row(tables -> tables.objects().find(id));
    }

    private StoredObjects.State state(ObjectId id) {
        return found(id).orElseThrow().state();
    }

    private ObjectId reserved(long claim, Scope scope) {
        ObjectId id = scenes().objectId();
        change(t -> t.objects().reserve(claim, scope, StoredObjects.Kind.SEGMENT, List.of(id)));
        return id;
    }

    /// A claim on a task of the region for a minute.
    private long claim(Scope scope) {
        Task task = scenes().imported(scope.account(), scope.region());
        return catalog()
                .write(t -> t.claims().claimTask(task.id(), "n1", t.now().plusSeconds(60)))
                .orElseThrow();
    }

    private List<ObjectId> condemned(Instant instant, int limit) {
        return rows(t -> t.objects().condemned(HANGZHOU, instant, limit)).stream()
                .map(StoredObjects.StoredObject::id)
                .toList();
    }

    @Test
    default void anObjectIsWritingThenLive() {
        Scope scope = scenes().scope();
        ObjectId id = reserved(claim(scope), scope);
        assertThat(found(id))
                .contains(
                        new StoredObjects.StoredObject(
                                id,
                                scope,
                                StoredObjects.Kind.SEGMENT,
                                StoredObjects.State.WRITING,
                                0));
        assertThat(catalog().<Boolean>write(t -> t.objects().written(id, 77))).isTrue();
        assertThat(found(id))
                .contains(
                        new StoredObjects.StoredObject(
                                id,
                                scope,
                                StoredObjects.Kind.SEGMENT,
                                StoredObjects.State.LIVE,
                                77));
        ObjectId unknown = scenes().objectId();
        assertThat(found(unknown)).isEmpty();
        assertThat(catalog().<Boolean>write(t -> t.objects().written(unknown, 1))).isFalse();
    }

    @Test
    default void whatIsWrittenUnderAHeldClaimIsNotGarbage() {
        Scope scope = scenes().scope();
        long claim = claim(scope);
        ObjectId writing = reserved(claim, scope);
        ObjectId live = reserved(claim, scope);
        change(tables -> tables.objects().written(live, 10));
        assertThat(condemn(10)).isZero();
        clock().advance(Duration.ofSeconds(60));
        assertThat(condemn(10)).isEqualTo(2);
        assertThat(state(writing)).isEqualTo(StoredObjects.State.CONDEMNED);
        assertThat(state(live)).isEqualTo(StoredObjects.State.CONDEMNED);
    }

    @Test
    default void theWriterOfACondemnedObjectLearnsIt() {
        Scope scope = scenes().scope();
        ObjectId id = reserved(NO_CLAIM, scope);
        condemn(10);
        assertThat(catalog().<Boolean>write(t -> t.objects().written(id, 10))).isFalse();
        assertThat(state(id)).isEqualTo(StoredObjects.State.CONDEMNED);
    }

    @Test
    default void whatAPartNeedsIsNeverCondemned() {
        Scope scope = scenes().scope();
        Parts.Part part = scenes().part(scope, 2);
        assertThat(condemn(10)).isZero();
        List<ObjectId> needs = rows(tables -> tables.parts().needs(part));
        for (ObjectId id : needs) {
            assertThat(state(id)).isEqualTo(StoredObjects.State.LIVE);
            assertThatIllegalStateException()
                    .isThrownBy(() -> change(tables -> tables.objects().remove(id)));
        }
    }

    @Test
    default void anObjectIsGarbageOnceItsLastPartIsGone() {
        Scope scope = scenes().scope();
        ObjectId shared = scenes().segment(scope);
        ObjectId own = scenes().segment(scope);
        Parts.Part first = part(scope, List.of(shared, own));
        Parts.Part second = part(scope, List.of(shared));
        Snapshot snapshot = scenes().snapshot(scope.account(), HANGZHOU);
        scenes().attach(snapshot, 0, second);
        assertThat(first.id()).isNotEqualTo(second.id());
        change(tables -> tables.parts().removeUnattached(HANGZHOU, 10));
        assertThat(condemn(10)).isEqualTo(1);
        assertThat(state(own)).isEqualTo(StoredObjects.State.CONDEMNED);
        change(tables -> tables.snapshots().delete(snapshot.id()));
        assertThat(condemn(10)).isZero();
        change(tables -> tables.parts().removeUnattached(HANGZHOU, 10));
        assertThat(condemn(10)).isEqualTo(1);
        assertThat(state(shared)).isEqualTo(StoredObjects.State.CONDEMNED);
    }

    private Parts.Part part(Scope scope, List<ObjectId> needs) {
        return catalog()
                .write(t -> t.parts().add(scope, scenes().digest(), needs.getFirst(), 1, needs))
                .orElseThrow();
    }

    @Test
    default void condemningTakesAsManyAsAskedAndOnlyInItsRegion() {
        Scope scope = scenes().scope();
        scenes().objects(scope, StoredObjects.Kind.SEGMENT, 5);
        ObjectId elsewhere = scenes().segment(new Scope(scope.account(), SHANGHAI));
        assertThat(condemn(2)).isEqualTo(2);
        assertThat(condemn(2)).isEqualTo(2);
        assertThat(condemn(2)).isEqualTo(1);
        assertThat(condemn(2)).isZero();
        assertThat(state(elsewhere)).isEqualTo(StoredObjects.State.LIVE);
    }

    @Test
    default void condemnedObjectsAreListedByAgeUntilTheyAreRemoved() {
        Scope scope = scenes().scope();
        ObjectId first = scenes().segment(scope);
        Instant start = catalog().read(Tables::now);
        condemn(10);
        clock().advance(Duration.ofMinutes(10));
        ObjectId second = scenes().segment(scope);
        condemn(10);
        assertThat(condemned(start.minusMillis(1), 10)).isEmpty();
        assertThat(condemned(start, 10)).containsExactly(first);
        assertThat(condemned(start.plusSeconds(600), 10)).containsExactly(first, second);
        assertThat(condemned(start.plusSeconds(600), 1)).containsExactly(first);
        assertThat(rows(t -> t.objects().condemned(SHANGHAI, start, 9))).isEmpty();
        change(tables -> tables.objects().remove(first));
        change(tables -> tables.objects().remove(first));
        assertThat(found(first)).isEmpty();
        assertThat(condemned(start.plusSeconds(600), 10)).containsExactly(second);
    }

    @Test
    default void whatWasCondemnedBeforeItWasWrittenIsListedApart() {
        Scope scope = scenes().scope();
        Instant start = catalog().read(Tables::now);
        ObjectId written = scenes().segment(scope);
        ObjectId unwritten = reserved(NO_CLAIM, scope);
        condemn(10);
        assertThat(condemned(start, 10)).containsExactly(written);
        assertThat(unwritten(start)).containsExactly(unwritten);
        assertThat(unwritten(start.minusMillis(1))).isEmpty();
    }

    private List<ObjectId> unwritten(Instant instant) {
        return rows(t -> t.objects().unwritten(HANGZHOU, instant, 10)).stream()
                .map(StoredObjects.StoredObject::id)
                .toList();
    }

    @Test
    default void unknownObjectsAreThoseWithoutARowInTheRegion() {
        Scope scope = scenes().scope();
        ObjectId known = scenes().segment(scope);
        ObjectId elsewhere = scenes().segment(new Scope(scope.account(), SHANGHAI));
        ObjectId unknown = scenes().objectId();
        List<ObjectId> asked = List.of(known, elsewhere, unknown);
        assertThat(catalog().<Set<ObjectId>>read(t -> t.objects().unknown(HANGZHOU, asked)))
                .containsExactlyInAnyOrder(elsewhere, unknown);
    }

    @Test
    default void liveObjectsAreWalkedInOrder() {
        Scope scope = scenes().scope();
        List<ObjectId> ids =
                scenes().objects(scope, StoredObjects.Kind.SEGMENT, 5).stream().sorted().toList();
        reserved(NO_CLAIM, scope);
        scenes().segment(new Scope(scope.account(), SHANGHAI));
        assertThat(live(Optional.empty(), 3)).isEqualTo(ids.subList(0, 3));
        assertThat(live(Optional.of(ids.get(2)), 3)).isEqualTo(ids.subList(3, 5));
        assertThat(live(Optional.of(ids.get(4)), 3)).isEmpty();
    }

    private List<ObjectId> live(Optional<ObjectId> after, int limit) {
        return rows(t -> t.objects().live(HANGZHOU, after, limit)).stream()
                .map(StoredObjects.StoredObject::id)
                .toList();
    }

    @Test
    default void usageTellsNeededIdleAndCondemned() {
        Scope scope = scenes().scope();
        scenes().part(scope, 2);
        scenes().objects(scope, StoredObjects.Kind.SEGMENT, 1);
        condemn(1);
        ObjectId idle = scenes().segment(scope);
        reserved(claim(scope), scope);
        scenes().segment(new Scope(scope.account(), SHANGHAI));
        assertThat(found(idle)).isPresent();
        assertThat(catalog().<StoredObjects.Usage>read(t -> t.objects().usage(HANGZHOU)))
                .isEqualTo(
                        new StoredObjects.Usage(
                                new StoredObjects.Sum(3, 3_000),
                                new StoredObjects.Sum(1, 1_000),
                                new StoredObjects.Sum(1, 1_000)));
    }

    @Test
    default void whatAnAccountHasStoredIsWhatItsPartsNeed() {
        Scope scope = scenes().scope();
        scenes().part(scope, 2);
        scenes().segment(scope);
        scenes().part(scenes().scope(), 2);
        scenes().part(new Scope(scope.account(), SHANGHAI), 2);
        assertThat(stored(scope)).isEqualTo(3_000);
    }

    private long stored(Scope scope) {
        return number(tables -> tables.objects().storedBytes(scope.account(), scope.region()));
    }

    @Test
    default void whatNoPartNeedsAnyMoreIsNoLongerStored() {
        Scope scope = scenes().scope();
        scenes().part(scope, 2);
        Scope other = new Scope(scope.account(), SHANGHAI);
        scenes().part(other, 1);
        change(tables -> tables.parts().removeUnattached(HANGZHOU, 10));
        assertThat(stored(scope)).isZero();
        assertThat(stored(other)).isEqualTo(2_000);
        scenes().part(scope, 4);
        assertThat(stored(scope)).isEqualTo(5_000);
    }
}
