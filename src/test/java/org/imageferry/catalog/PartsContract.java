package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.DISK_BYTES;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.NO_CLAIM;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface PartsContract extends CatalogFixture {
    private Optional<Parts.Part> add(Scope scope, Digest digest, List<ObjectId> needs) {
        return catalog().write(t -> t.parts().add(scope, digest, needs.getFirst(), 4_096, needs));
    }

    private List<ObjectId> live(Scope scope, int many) {
        return scenes().objects(scope, StoredObjects.Kind.SEGMENT, many);
    }

    private Snapshot snapshot(Scope scope, long bytes) {
        return scenes().snapshot(scope.account(), scope.region(), bytes);
    }

    private Optional<Parts.Part> nearest(Scope scope, int number, long bytes) {
        return row(t -> t.parts().nearest(scope, number, bytes));
    }

    private int removeUnattached(int limit) {
        return catalog().write(tables -> tables.parts().removeUnattached(HANGZHOU, limit));
    }

    @Test
    default void aPartIsFoundInItsScopeOnly() {
        Scope scope = scenes().scope();
        Digest digest = scenes().digest();
        List<ObjectId> needs = live(scope, 3);
        Parts.Part part = add(scope, digest, needs).orElseThrow();
        assertThat(part)
                .isEqualTo(new Parts.Part(part.id(), scope, digest, needs.getFirst(), 4_096));
        assertThat(row(t -> t.parts().find(scope, digest))).contains(part);
        Scope elsewhere = new Scope(scope.account(), SHANGHAI);
        assertThat(row(t -> t.parts().find(elsewhere, digest))).isEmpty();
        Scope other = scenes().scope();
        assertThat(row(t -> t.parts().find(other, digest))).isEmpty();
    }

    @Test
    default void aPartNeedsItsObjectsAndItsManifest() {
        Scope scope = scenes().scope();
        List<ObjectId> segments = live(scope, 2);
        ObjectId manifest = live(scope, 1).getFirst();
        Parts.Part part =
                catalog()
                        .write(t -> t.parts().add(scope, scenes().digest(), manifest, 1, segments))
                        .orElseThrow();
        assertThat(rows(t -> t.parts().needs(part)))
                .containsExactlyInAnyOrder(segments.get(0), segments.get(1), manifest);
    }

    @Test
    default void aPartThatIsThereKeepsTheObjectsItHas() {
        Scope scope = scenes().scope();
        Digest digest = scenes().digest();
        List<ObjectId> needs = live(scope, 2);
        Parts.Part part = add(scope, digest, needs).orElseThrow();
        assertThat(add(scope, digest, live(scope, 2))).contains(part);
        assertThat(rows(t -> t.parts().needs(part))).containsExactlyInAnyOrderElementsOf(needs);
    }

    @Test
    default void aPartIsNotAddedUnlessAllItNeedsIsLive() {
        Scope scope = scenes().scope();
        Digest digest = scenes().digest();
        List<ObjectId> needs = new ArrayList<>(live(scope, 2));
        ObjectId writing = scenes().objectId();
        change(t ->
                t.objects().reserve(NO_CLAIM, scope, StoredObjects.Kind.SEGMENT, List.of(writing)));
        needs.add(writing);
        assertThat(add(scope, digest, needs)).isEmpty();
        assertThat(row(t -> t.parts().find(scope, digest))).isEmpty();
        assertThat(add(scope, digest, List.of(writing))).isEmpty();
        assertThat(add(scope, digest, List.of(needs.getFirst(), scenes().objectId()))).isEmpty();
        change(tables -> tables.objects().written(writing, 10));
        assertThat(add(scope, digest, needs)).isPresent();
    }

    @Test
    default void aPartIsNotAddedOnACondemnedObject() {
        Scope scope = scenes().scope();
        List<ObjectId> needs = live(scope, 2);
        change(tables -> tables.objects().condemn(HANGZHOU, 10));
        assertThat(add(scope, scenes().digest(), needs)).isEmpty();
        assertThat(catalog().<Integer>write(t -> t.parts().removeUnattached(HANGZHOU, 9))).isZero();
    }

    @Test
    default void aSnapshotHasItsPartsByNumber() {
        Scope scope = scenes().scope();
        Snapshot snapshot = snapshot(scope, DISK_BYTES);
        Parts.Part first = scenes().part(scope, 1);
        Parts.Part second = scenes().part(scope, 1);
        scenes().attach(snapshot, 2, first);
        scenes().attach(snapshot, 0, second);
        scenes().attach(snapshot, 1, first);
        assertThat(rows(t -> t.parts().of(snapshot.id())))
                .containsExactly(
                        new Parts.Numbered(0, second),
                        new Parts.Numbered(1, first),
                        new Parts.Numbered(2, first));
        assertThat(row(t -> t.parts().of(snapshot.id(), 2))).contains(first);
        assertThat(row(t -> t.parts().of(snapshot.id(), 3))).isEmpty();
        scenes().attach(snapshot, 2, second);
        assertThat(row(t -> t.parts().of(snapshot.id(), 2))).contains(second);
    }

    @Test
    default void aSnapshotTakesNoPartOfAnotherScopeOrOneThatIsGone() {
        Scope scope = scenes().scope();
        Snapshot snapshot = snapshot(scope, DISK_BYTES);
        Parts.Part foreign = scenes().part(new Scope(scope.account(), SHANGHAI), 1);
        assertThatIllegalStateException().isThrownBy(() -> scenes().attach(snapshot, 0, foreign));
        Parts.Part gone = scenes().part(scope, 1);
        removeUnattached(10);
        Parts.Part next = scenes().part(scope, 1);
        assertThat(next.id()).isNotEqualTo(gone.id());
        assertThatIllegalStateException().isThrownBy(() -> scenes().attach(snapshot, 0, gone));
    }

    @Test
    default void onlyPartsThatNoSnapshotHasAreRemoved() {
        Scope scope = scenes().scope();
        Snapshot one = snapshot(scope, DISK_BYTES);
        Snapshot two = snapshot(scope, DISK_BYTES);
        Parts.Part shared = scenes().part(scope, 1);
        Parts.Part replaced = scenes().part(scope, 1);
        Parts.Part never = scenes().part(scope, 1);
        scenes().attach(one, 0, replaced);
        scenes().attach(one, 0, shared);
        scenes().attach(two, 1, shared);
        assertThat(removeUnattached(1)).isEqualTo(1);
        assertThat(removeUnattached(9)).isEqualTo(1);
        assertThat(row(t -> t.parts().find(scope, replaced.digest()))).isEmpty();
        assertThat(row(t -> t.parts().find(scope, never.digest()))).isEmpty();
        change(tables -> tables.snapshots().delete(one.id()));
        assertThat(removeUnattached(9)).isZero();
        change(tables -> tables.snapshots().delete(two.id()));
        assertThat(catalog().<Integer>write(t -> t.parts().removeUnattached(SHANGHAI, 9))).isZero();
        assertThat(removeUnattached(9)).isEqualTo(1);
        assertThat(row(t -> t.parts().find(scope, shared.digest()))).isEmpty();
    }

    @Test
    default void theNearestPartIsOfTheSameNumberInTheNewestDiskOfTheSameLength() {
        Scope scope = scenes().scope();
        assertThat(nearest(scope, 0, DISK_BYTES)).isEmpty();
        Parts.Part old = attachedLater(scope, 0, DISK_BYTES);
        assertThat(nearest(scope, 0, DISK_BYTES)).contains(old);
        Parts.Part newer = attachedLater(scope, 0, DISK_BYTES);
        Parts.Part longer = attachedLater(scope, 0, 2 * DISK_BYTES);
        attachedLater(new Scope(scope.account(), SHANGHAI), 0, DISK_BYTES);
        attachedLater(scenes().scope(), 0, DISK_BYTES);
        assertThat(nearest(scope, 0, DISK_BYTES)).contains(newer);
        assertThat(nearest(scope, 0, 2 * DISK_BYTES)).contains(longer);
        assertThat(nearest(scope, 0, 1)).contains(longer);
        assertThat(nearest(scope, 1, DISK_BYTES)).isEmpty();
    }

    private Parts.Part attachedLater(Scope scope, int number, long bytes) {
        clock().advance(Duration.ofSeconds(1));
        Parts.Part part = scenes().part(scope, 1);
        scenes().attach(snapshot(scope, bytes), number, part);
        return part;
    }

    @Test
    default void aDiskWhoseLengthBecameKnownIsNearestByThat() {
        Scope scope = scenes().scope();
        Snapshot snapshot = snapshot(scope, 0);
        Parts.Part part = scenes().part(scope, 1);
        scenes().attach(snapshot, 0, part);
        attachedLater(scope, 0, 7);
        Snapshot known =
                new Snapshot(
                        snapshot.id(),
                        snapshot.account(),
                        snapshot.region(),
                        snapshot.attributes(),
                        DISK_BYTES,
                        snapshot.digest(),
                        snapshot.created(),
                        snapshot.source(),
                        snapshot.key(),
                        snapshot.damage(),
                        snapshot.revision());
        change(tables -> tables.snapshots().update(known));
        assertThat(nearest(scope, 0, DISK_BYTES)).contains(part);
    }

    @Test
    default void knownPartsAreAttachedTakenOffTheOfferAndCounted() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task task = scenes().start(scenes().copy(image, SHANGHAI), 0);
        Scope scope = new Scope(image.account(), SHANGHAI);
        SnapshotId into =
                CatalogScenes.disk(row(t -> t.images().find(task.itsImage())).orElseThrow(), 0);
        List<Parts.Part> known = List.of(scenes().part(scope, 1), scenes().part(scope, 1));
        List<Claims.Offer> offers =
                List.of(
                        offer(0, known.get(0).digest()),
                        offer(1, scenes().digest()),
                        offer(2, known.get(1).digest()),
                        new Claims.Offer(3, Optional.empty(), 100),
                        offer(4, known.get(0).digest()));
        change(tables -> tables.claims().offer(task.id(), into, offers));
        long next = attachKnown(task, scope, 0, 2).orElseThrow();
        assertThat(rows(t -> t.parts().of(into)))
                .containsExactly(new Parts.Numbered(0, known.get(0)));
        next = attachKnown(task, scope, next, 2).orElseThrow();
        assertThat(attachKnown(task, scope, next, 2)).isEmpty();
        assertThat(rows(t -> t.parts().of(into)))
                .containsExactly(
                        new Parts.Numbered(0, known.get(0)),
                        new Parts.Numbered(2, known.get(1)),
                        new Parts.Numbered(4, known.get(0)));
        assertThat(is(t -> t.claims().allDone(task.id()))).isFalse();
        assertThat(progress(task)).isEqualTo(300);
        assertThat(catalog().<Integer>write(t -> t.parts().removeUnattached(SHANGHAI, 9))).isZero();
    }

    @Test
    default void aClaimedPartIsNotTakenFromItsHolder() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        Task task = scenes().start(scenes().copy(image, SHANGHAI), 0);
        Scope scope = new Scope(image.account(), SHANGHAI);
        Image copy = row(t -> t.images().find(task.itsImage())).orElseThrow();
        Digest digest = scenes().part(scope, 1).digest();
        long claim =
                catalog()
                        .<Long>write(t -> {
                            t.claims()
                                    .offer(
                                            task.id(),
                                            CatalogScenes.disk(copy, 0),
                                            List.of(offer(0, digest), offer(1, digest)));
                            return t.claims()
                                    .claimPart(task.id(), "n1", t.now().plusSeconds(9))
                                    .orElseThrow()
                                    .claim();
                        });
        change(tables -> tables.claims().renew(claim, tables.now().plusSeconds(9), 70));
        assertThat(attachKnown(task, scope, 0, 9)).isEmpty();
        assertThat(rows(t -> t.parts().of(CatalogScenes.disk(copy, 0))))
                .extracting(Parts.Numbered::number)
                .containsExactly(1);
        assertThat(progress(task)).isEqualTo(170);
        change(tables -> tables.claims().giveBack(claim, tables.now().plusSeconds(60), true));
        assertThat(attachKnown(task, scope, 0, 9)).isEmpty();
        assertThat(progress(task)).isEqualTo(200);
        assertThat(is(t -> t.claims().allDone(task.id()))).isTrue();
    }

    private static Claims.Offer offer(int number, Digest source) {
        return new Claims.Offer(number, Optional.of(source), 100);
    }

    private OptionalLong attachKnown(Task task, Scope scope, long from, int limit) {
        return catalog().write(t -> t.parts().attachKnown(task.id(), scope, from, limit));
    }

    private long progress(Task task) {
        return row(t -> t.tasks().find(task.id())).orElseThrow().progress().done();
    }
}
