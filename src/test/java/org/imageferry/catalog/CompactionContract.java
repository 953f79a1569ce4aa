package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.BlockLocation;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface CompactionContract extends CatalogFixture {
    private Parts.Part partOf(Scope scope, ObjectId... segments) {
        ObjectId manifest = scenes().objects(scope, StoredObjects.Kind.MANIFEST, 1).getFirst();
        Digest digest = scenes().digest();
        return catalog()
                .write(t -> t.parts().add(scope, digest, manifest, 10, List.of(segments)))
                .orElseThrow();
    }

    private void keep(Scope scope, Parts.Part part) {
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        scenes().attach(snapshot, 0, part);
    }

    private List<ObjectId> suspects() {
        return suspects(HANGZHOU, 0, 100);
    }

    private List<ObjectId> suspects(RegionId region, long after, int limit) {
        return rows(t -> t.compaction().suspects(region, after, limit)).stream()
                .map(suspect -> suspect.segment().id())
                .toList();
    }

    private Compaction.Dead dead(RegionId region) {
        return catalog().read(t -> t.compaction().dead(region));
    }

    private void removeLoose() {
        change(t -> t.parts().removeUnattached(HANGZHOU, 100));
    }

    /// Segments of which each is needed by one part that a snapshot has, and by another that went.
    private List<ObjectId> suspects(Scope scope, int many) {
        List<ObjectId> shared = scenes().objects(scope, StoredObjects.Kind.SEGMENT, many);
        keep(scope, partOf(scope, shared.toArray(ObjectId[]::new)));
        partOf(scope, shared.toArray(ObjectId[]::new));
        removeLoose();
        return shared;
    }

    @Test
    default void aSegmentIsSuspectOnceOneOfSeveralPartsThatNeedItIsGone() {
        Scope scope = scenes().scope();
        ObjectId shared = scenes().segment(scope);
        ObjectId own = scenes().segment(scope);
        keep(scope, partOf(scope, shared, own));
        partOf(scope, shared);
        assertThat(suspects()).isEmpty();
        removeLoose();
        assertThat(suspects()).containsExactly(shared);
        assertThat(suspects(SHANGHAI, 0, 100)).isEmpty();
        assertThat(rows(t -> t.compaction().suspects(HANGZHOU, 0, 1)).getFirst().segment())
                .isEqualTo(row(t -> t.objects().find(shared)).orElseThrow());
    }

    @Test
    default void aSegmentThatNoPartNeedsIsGarbageAndNotSuspect() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        partOf(scope, segment);
        partOf(scope, segment);
        removeLoose();
        assertThat(suspects()).isEmpty();
    }

    @Test
    default void suspectsComeInOrderAndAFewAtATime() {
        List<ObjectId> all = suspects(scenes().scope(), 3);
        List<Compaction.Suspect> first = rows(t -> t.compaction().suspects(HANGZHOU, 0, 2));
        assertThat(first)
                .extracting(suspect -> suspect.segment().id())
                .containsExactlyElementsOf(all.subList(0, 2));
        assertThat(suspects(HANGZHOU, first.getLast().number(), 2)).containsExactly(all.get(2));
    }

    @Test
    default void whatWasLookedAtIsSuspectAgainOnlyAfterAnotherLoss() {
        Scope scope = scenes().scope();
        ObjectId segment = suspects(scope, 1).getFirst();
        change(t -> t.compaction().examined(segment, 7));
        assertThat(suspects()).isEmpty();
        partOf(scope, segment);
        assertThat(suspects()).isEmpty();
        removeLoose();
        assertThat(suspects()).containsExactly(segment);
    }

    @Test
    default void whatAWriterLeftWhoGaveUpIsSuspectOnceItIsNeeded() {
        Scope scope = scenes().scope();
        ObjectId left = scenes().objectId();
        Task task = scenes().imported(scope.account(), scope.region());
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        long claim =
                catalog()
                        .write(t -> {
                            t.claims()
                                    .offer(
                                            task.id(),
                                            snapshot.id(),
                                            List.of(new Claims.Offer(0, Optional.empty(), 1)));
                            return t.claims().claimPart(task.id(), "n", t.now().plusSeconds(60));
                        })
                        .orElseThrow()
                        .claim();
        change(t -> {
            t.objects().reserve(claim, scope, StoredObjects.Kind.SEGMENT, List.of(left));
            t.objects().written(left, 100);
        });
        keep(scope, partOf(scope, left));
        assertThat(suspects()).isEmpty();
        change(t -> t.claims().giveBack(claim, t.now(), true));
        assertThat(suspects()).containsExactly(left);
    }

    @Test
    default void whatAWriterMadeWhoIsDoneIsNotSuspect() {
        Scope scope = scenes().scope();
        ObjectId made = scenes().objectId();
        Task task = scenes().imported(scope.account(), scope.region());
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        change(t -> {
            t.claims()
                    .offer(
                            task.id(),
                            snapshot.id(),
                            List.of(new Claims.Offer(0, Optional.empty(), 1)));
            long claim =
                    t.claims()
                            .claimPart(task.id(), "n", t.now().plusSeconds(60))
                            .orElseThrow()
                            .claim();
            t.objects().reserve(claim, scope, StoredObjects.Kind.SEGMENT, List.of(made));
            t.objects().written(made, 100);
            t.claims().done(claim);
        });
        keep(scope, partOf(scope, made));
        assertThat(suspects()).isEmpty();
    }

    @Test
    default void theSegmentsOfAPartThatIsWholeAgainAreSuspect() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        ObjectId other = scenes().segment(scope);
        Parts.Part part = partOf(scope, segment);
        keep(scope, part);
        keep(scope, partOf(scope, other));
        assertThat(suspects()).isEmpty();
        change(t -> t.damage().whole(part));
        assertThat(suspects()).containsExactly(segment);
    }

    @Test
    default void inACatalogThatWasMadeAnewAllIsSuspect() {
        Scope scope = scenes().scope();
        ObjectId segment = scenes().segment(scope);
        keep(scope, partOf(scope, segment));
        scenes().segment(scope);
        change(t -> t.restoration().end());
        assertThat(suspects()).containsExactly(segment);
    }

    @Test
    default void anObjectsUsersAreThePartsThatNeedIt() {
        Scope scope = scenes().scope();
        ObjectId shared = scenes().segment(scope);
        Parts.Part one = partOf(scope, shared);
        Parts.Part other = partOf(scope, shared);
        partOf(scope, scenes().segment(scope));
        assertThat(rows(t -> t.compaction().users(shared, 5))).containsExactly(one, other);
        assertThat(rows(t -> t.compaction().users(shared, 1))).containsExactly(one);
        assertThat(rows(t -> t.compaction().users(scenes().objectId(), 5))).isEmpty();
    }

    @Test
    default void aPartNeedsOthersInstead() {
        Scope scope = scenes().scope();
        ObjectId old = scenes().segment(scope);
        ObjectId kept = scenes().segment(scope);
        ObjectId fresh = scenes().segment(scope);
        Parts.Part part = partOf(scope, old, kept);
        change(t -> t.compaction().needInstead(part, Set.of(old), Set.of(kept, fresh)));
        assertThat(rows(t -> t.parts().needs(part)))
                .containsExactlyInAnyOrder(part.manifest(), kept, fresh);
        assertThat(catalog().<Integer>write(t -> t.objects().condemn(HANGZHOU, 10))).isOne();
        assertThat(row(t -> t.objects().find(old)).orElseThrow().state())
                .isEqualTo(StoredObjects.State.CONDEMNED);
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        change(t -> t.compaction().needInstead(part, Set.of(kept), Set.of(old))));
    }

    @Test
    default void blocksMoveOutOfOldSegmentsAndNoOthers() {
        Scope scope = scenes().scope();
        ObjectId old = scenes().segment(scope);
        ObjectId other = scenes().segment(scope);
        ObjectId fresh = scenes().segment(scope);
        List<Digest> names = scenes().digests(4);
        change(t -> {
            t.index().add(scope, old, names.subList(0, 2));
            t.index().add(scope, other, names.subList(2, 3));
            t.compaction().moved(scope, fresh, names.subList(1, 4), List.of(old));
        });
        assertThat(catalog().<Map<Digest, BlockLocation>>read(t -> t.index().find(scope, names)))
                .containsEntry(names.get(0), new BlockLocation(old, 0))
                .containsEntry(names.get(1), new BlockLocation(fresh, 0))
                .containsEntry(names.get(2), new BlockLocation(other, 0))
                .containsEntry(names.get(3), new BlockLocation(fresh, 2));
    }

    @Test
    default void whatIsKnownOfDeadBytesIsAddedUp() {
        Scope scope = scenes().scope();
        List<ObjectId> all = suspects(scope, 3);
        assertThat(dead(HANGZHOU))
                .isEqualTo(new Compaction.Dead(0, new StoredObjects.Sum(3, 3_000)));
        change(t -> t.compaction().examined(all.get(0), 7));
        change(t -> t.compaction().examined(all.get(1), 70));
        assertThat(dead(HANGZHOU))
                .isEqualTo(new Compaction.Dead(77, new StoredObjects.Sum(1, 1_000)));
        assertThat(dead(SHANGHAI)).isEqualTo(new Compaction.Dead(0, new StoredObjects.Sum(0, 0)));
    }
}
