package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.NO_CLAIM;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface DamageContract extends CatalogFixture {
    private Parts.Part part(Scope scope, ObjectId... needs) {
        ObjectId manifest = scenes().objects(scope, StoredObjects.Kind.MANIFEST, 1).getFirst();
        Digest digest = scenes().digest();
        return catalog()
                .write(t -> t.parts().add(scope, digest, manifest, 1, List.of(needs)))
                .orElseThrow();
    }

    private boolean bad(ObjectId segment, int ordinal, Digest name) {
        return catalog().write(t -> t.damage().bad(segment, Map.of(ordinal, name)));
    }

    private boolean lost(ObjectId object) {
        return catalog().write(t -> t.damage().lost(object));
    }

    private boolean ails(Parts.Part part) {
        return is(t -> t.damage().ails(part.scope(), part.digest()));
    }

    private Damage.Places among(ObjectId... objects) {
        return catalog().read(t -> t.damage().among(HANGZHOU, List.of(objects)));
    }

    private Map<Digest, BlockLocation> find(Scope scope, Digest name) {
        return catalog().read(t -> t.index().find(scope, List.of(name)));
    }

    private Damage.Standing standing() {
        return catalog().read(t -> t.damage().standing(HANGZHOU));
    }

    private List<ObjectId> needs(Parts.Part part) {
        return rows(t -> t.parts().needs(part));
    }

    @Test
    default void nothingIsBadAtFirst() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Parts.Part part = part(scope, segment);
        assertThat(among(segment).none()).isTrue();
        assertThat(ails(part)).isFalse();
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).isEmpty();
    }

    @Test
    default void aBadBlockLeavesTheIndexAndItsPartsAil() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        List<Digest> names = scenes().digests(2);
        change(t -> t.index().add(scope, segment, names));
        Parts.Part part = part(scope, segment);
        Parts.Part other = part(scope, scenes().segment(scope));
        assertThat(bad(segment, 1, names.get(1))).isTrue();
        assertThat(find(scope, names.get(1))).isEmpty();
        assertThat(find(scope, names.get(0))).isNotEmpty();
        BlockLocation place = new BlockLocation(segment, 1);
        assertThat(among(segment)).isEqualTo(new Damage.Places(Set.of(), Set.of(place)));
        assertThat(among(segment).has(place)).isTrue();
        assertThat(among(segment).has(new BlockLocation(segment, 0))).isFalse();
        assertThat(ails(part)).isTrue();
        assertThat(ails(other)).isFalse();
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).contains(part);
        assertThat(row(t -> t.damage().ailing(SHANGHAI))).isEmpty();
        assertThat(bad(segment, 1, names.get(1))).as("it is known").isFalse();
    }

    @Test
    default void theIndexStaysWhereItLeadsElsewhere() {
        Scope scope = scenes().scope();
        ObjectId good = scenes().segment(scope);
        ObjectId rotten = scenes().segment(scope);
        Digest name = scenes().digest();
        change(t -> t.index().add(scope, good, List.of(name)));
        change(t -> t.index().add(scope, rotten, List.of(name)));
        bad(rotten, 0, name);
        assertThat(find(scope, name)).containsEntry(name, new BlockLocation(good, 0));
    }

    @Test
    default void aBadBlockCanBeEnteredElsewhere() {
        Scope scope = scenes().scope();
        ObjectId rotten = scenes().segment(scope);
        ObjectId good = scenes().segment(scope);
        Digest name = scenes().digest();
        change(t -> t.index().add(scope, rotten, List.of(name)));
        bad(rotten, 0, name);
        change(t -> t.index().add(scope, good, List.of(name)));
        change(t -> t.damage().right(rotten, Map.of(0, name)));
        assertThat(find(scope, name)).containsEntry(name, new BlockLocation(good, 0));
    }

    @Test
    default void theIndexLeadsPastALostSegmentUntilItIsBack() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Digest name = scenes().digest();
        change(t -> t.index().add(scope, segment, List.of(name)));
        Parts.Part part = part(scope, segment);
        assertThat(lost(segment)).isTrue();
        assertThat(lost(segment)).as("it is known").isFalse();
        assertThat(find(scope, name)).isEmpty();
        assertThat(among(segment).objects()).containsExactly(segment);
        assertThat(among(segment).has(new BlockLocation(segment, 5))).isTrue();
        assertThat(ails(part)).isTrue();
        change(t -> t.damage().back(segment));
        assertThat(find(scope, name)).isNotEmpty();
        assertThat(among(segment).none()).isTrue();
        assertThat(ails(part)).as("nobody has looked yet").isTrue();
    }

    @Test
    default void aLostSegmentsBlocksCanBeEnteredElsewhere() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        ObjectId next = scenes().segment(scope);
        Digest name = scenes().digest();
        change(t -> t.index().add(scope, segment, List.of(name)));
        lost(segment);
        change(t -> t.index().add(scope, next, List.of(name)));
        assertThat(find(scope, name)).containsEntry(name, new BlockLocation(next, 0));
    }

    @Test
    default void aBlockThatIsRightAgainIsFoundAgain() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Digest name = scenes().digest();
        bad(segment, 3, name);
        change(t -> t.damage().right(segment, Map.of(3, name)));
        assertThat(find(scope, name)).containsEntry(name, new BlockLocation(segment, 3));
        assertThat(among(segment).none()).isTrue();
    }

    @Test
    default void ofWhatIsNotLiveNothingIsNoted() {
        Scope scope = scenes().scope();
        ObjectId condemned = scenes().segment(scope);
        change(t -> t.objects().condemn(HANGZHOU, 10));
        ObjectId writing = scenes().objectId();
        change(t ->
                t.objects().reserve(NO_CLAIM, scope, StoredObjects.Kind.SEGMENT, List.of(writing)));
        for (ObjectId object : List.of(condemned, writing, scenes().objectId())) {
            assertThat(lost(object)).isFalse();
            assertThat(bad(object, 0, scenes().digest())).isFalse();
            assertThat(among(object).none()).isTrue();
        }
    }

    @Test
    default void anAilingPartIsPassedOver() {
        Scope scope = scenes().scope();
        Task task = scenes().imported(scope.account(), scope.region());
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        ObjectId segment = scenes().segment(scope);
        Parts.Part part = part(scope, segment);
        change(t ->
                t.claims()
                        .offer(
                                task.id(),
                                snapshot.id(),
                                List.of(new Claims.Offer(0, Optional.of(part.digest()), 1))));
        lost(segment);
        assertThat(row(t -> t.parts().find(scope, part.digest()))).isEmpty();
        assertThat(row(t -> t.parts().any(scope, part.digest()))).contains(part);
        change(t -> t.parts().attachKnown(task.id(), scope, 0, 9));
        assertThat(rows(t -> t.parts().of(snapshot.id()))).isEmpty();
        change(t -> t.damage().whole(part));
        assertThat(row(t -> t.parts().find(scope, part.digest()))).contains(part);
        change(t -> t.parts().attachKnown(task.id(), scope, 0, 9));
        assertThat(rows(t -> t.parts().of(snapshot.id()))).hasSize(1);
    }

    @Test
    default void anAilingPartThatIsAddedAgainIsRenewed() {
        Scope scope = scenes().scope();
        ObjectId former = scenes().segment(scope);
        Parts.Part part = part(scope, former);
        change(t -> t.damage().lost(former));
        change(t -> t.damage().incurable(part, "gone", t.now()));
        ObjectId manifest = scenes().objects(scope, StoredObjects.Kind.MANIFEST, 1).getFirst();
        ObjectId segment = scenes().segment(scope);
        Parts.Part renewed =
                catalog()
                        .write(t ->
                                t.parts().add(scope, part.digest(), manifest, 1, List.of(segment)))
                        .orElseThrow();
        assertThat(renewed.id()).isEqualTo(part.id());
        assertThat(renewed.manifest()).isEqualTo(manifest);
        assertThat(needs(renewed)).containsExactlyInAnyOrder(manifest, segment);
        assertThat(ails(renewed)).isFalse();
        assertThat(standing().damagedParts()).isZero();
        change(t -> t.objects().condemn(HANGZHOU, 10));
        assertThat(row(t -> t.objects().find(former)).orElseThrow().state())
                .isEqualTo(StoredObjects.State.CONDEMNED);
    }

    @Test
    default void aPartIsNotRenewedOnWhatIsNotLiveOrLost() {
        Scope scope = scenes().scope();
        ObjectId former = scenes().segment(scope);
        Parts.Part part = part(scope, former);
        ObjectId lost = scenes().segment(scope);
        lost(lost);
        List<ObjectId> before = needs(part);
        for (ObjectId unfit : List.of(lost, scenes().objectId())) {
            assertThat(row(t -> t.parts().find(scope, part.digest()))).contains(part);
            Optional<Parts.Part> renewed =
                    catalog().write(t -> t.parts().renew(part, former, List.of(former, unfit)));
            assertThat(renewed).isEmpty();
            assertThat(needs(part)).isEqualTo(before);
        }
        assertThat(
                        catalog()
                                .<Optional<Parts.Part>>write(t ->
                                        t.parts()
                                                .add(
                                                        scope,
                                                        scenes().digest(),
                                                        former,
                                                        1,
                                                        List.of(lost))))
                .isEmpty();
    }

    @Test
    default void whatAilsOfTheSameNeedsTheSameInstead() {
        Scope scope = scenes().scope();
        ObjectId shared = scenes().segment(scope);
        ObjectId another = scenes().segment(scope);
        Parts.Part one = part(scope, shared);
        Parts.Part two = part(scope, shared, another);
        Parts.Part sound = part(scope, another);
        lost(shared);
        ObjectId instead = scenes().segment(scope);
        assertThat(
                        catalog()
                                .<Boolean>write(
                                        t -> t.damage().needToo(List.of(shared), List.of(instead))))
                .isTrue();
        assertThat(needs(one)).contains(instead, shared);
        assertThat(needs(two)).contains(instead);
        assertThat(needs(sound)).doesNotContain(instead);
        assertThat(
                        catalog()
                                .<Boolean>write(
                                        t -> t.damage().needToo(List.of(shared), List.of(instead))))
                .as("again")
                .isTrue();
        change(t -> t.objects().condemn(HANGZHOU, 100));
        assertThat(row(t -> t.objects().find(instead)).orElseThrow().state())
                .isEqualTo(StoredObjects.State.LIVE);
    }

    @Test
    default void nobodyCanNeedWhatIsNotLive() {
        Scope scope = scenes().scope();
        ObjectId shared = scenes().segment(scope);
        Parts.Part part = part(scope, shared);
        lost(shared);
        ObjectId good = scenes().segment(scope);
        List<ObjectId> instead = new ArrayList<>(List.of(good, scenes().objectId()));
        assertThat(catalog().<Boolean>write(t -> t.damage().needToo(List.of(shared), instead)))
                .isFalse();
        assertThat(needs(part)).doesNotContain(good);
    }

    @Test
    default void whatCantBeHealedIsToldAndTriedAgain() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Parts.Part part = part(scope, segment);
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        scenes().attach(snapshot, 1, part);
        lost(segment);
        assertThat(row(t -> t.damage().of(snapshot.id()))).isEmpty();
        Instant next = catalog().read(Tables::now).plus(Duration.ofHours(1));
        change(t -> t.damage().incurable(part, "two blocks", next));
        assertThat(row(t -> t.damage().of(snapshot.id()))).contains("two blocks");
        assertThat(standing().damagedParts()).isEqualTo(1);
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).isEmpty();
        clock().advance(Duration.ofHours(2));
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).contains(part);
        change(t -> t.damage().postpone(part, t.now().plusSeconds(60)));
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).isEmpty();
        assertThat(row(t -> t.damage().of(snapshot.id()))).as("it stays").isPresent();
        change(t -> t.damage().whole(part));
        assertThat(row(t -> t.damage().of(snapshot.id()))).isEmpty();
        change(t -> t.damage().postpone(part, t.now()));
        assertThat(ails(part)).as("nothing to postpone").isFalse();
    }

    @Test
    default void whatIsFoundAnewIsLookedAtNow() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        Parts.Part part = part(scope, segment);
        bad(segment, 0, scenes().digest());
        change(t -> t.damage().incurable(part, "one block", t.now().plusSeconds(3_600)));
        bad(segment, 1, scenes().digest());
        assertThat(row(t -> t.damage().ailing(HANGZHOU))).contains(part);
    }

    @Test
    default void badBlocksAreForgottenWithTheirSegment() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        bad(segment, 0, scenes().digest());
        lost(scenes().segment(scope));
        assertThat(standing().badBlocks()).isEqualTo(1);
        assertThat(standing().lostObjects()).isEqualTo(1);
        change(t -> t.objects().remove(segment));
        assertThat(standing().badBlocks()).isZero();
    }

    @Test
    default void unavailableImagesAreCountedAndKnowWhatTheyWere() {
        Scope scope = scenes().scope();
        Image image = scenes().image(scope.account(), HANGZHOU);
        for (boolean deprecated : List.of(false, true)) {
            ImageState unavailable = new ImageState.UnAvailable(deprecated);
            change(t -> t.images().update(image.with(unavailable)));
            assertThat(row(t -> t.images().find(image.id())).orElseThrow().state())
                    .isEqualTo(unavailable);
            assertThat(standing().unavailableImages()).isEqualTo(1);
            Images.Query query = Images.Query.own(scope.account(), HANGZHOU);
            Set<Images.Status> asked = Set.of(Images.Status.UnAvailable);
            assertThat(rows(t -> t.images().list(query.in(asked), 0, 9).items())).hasSize(1);
        }
        change(t -> t.images().update(image.with(new ImageState.Deprecated())));
        assertThat(standing().unavailableImages()).isZero();
    }

    @Test
    default void theObjectThatNobodyLookedAtForLongestIsNext() {
        Scope scope = scenes().scope();
        Instant start = catalog().read(Tables::now);
        ObjectId first = scenes().segment(scope);
        clock().advance(Duration.ofDays(1));
        ObjectId second = scenes().segment(scope);
        clock().advance(Duration.ofDays(1));
        Instant later = catalog().read(Tables::now);
        assertThat(standing().oldestCheck()).contains(start);
        assertThat(unchecked(start, 0)).isEmpty();
        assertThat(unchecked(later, 0)).contains(first);
        assertThat(unchecked(later, 1)).contains(second);
        assertThat(unchecked(later, 2)).isEmpty();
        change(t -> t.objects().checked(first));
        assertThat(unchecked(later, 0)).contains(second);
        change(t -> t.objects().condemn(HANGZHOU, 10));
        assertThat(unchecked(later.plusSeconds(10), 0)).as("only live ones").isEmpty();
        assertThat(standing().oldestCheck()).isEmpty();
    }

    private Optional<ObjectId> unchecked(Instant before, int skip) {
        return row(t -> t.objects().unchecked(HANGZHOU, before, skip))
                .map(StoredObjects.StoredObject::id);
    }
}
