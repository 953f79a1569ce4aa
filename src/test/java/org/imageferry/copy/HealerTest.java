package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;

import java.util.Arrays;
import java.util.Optional;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Damage;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealerTest {
    private static final ImageState UNAVAILABLE = new ImageState.UnAvailable(false);

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private ObjectName object(RegionId region, String folder) {
        return scene.objects(region, folder).getFirst();
    }

    /// A bit of the first segment's first block flips.
    private ObjectName rot(RegionId region) {
        ObjectName segment = object(region, StoreLayout.SEGMENTS);
        scene.store(region).corrupt(segment, 77);
        return segment;
    }

    private void rotManifests() {
        scene.objects(A, StoreLayout.MANIFESTS).forEach(it -> scene.store(A).corrupt(it, 500));
    }

    private ObjectName lose(RegionId region, String folder) throws StoreException {
        ObjectName object = object(region, folder);
        scene.store(region).delete(object);
        return object;
    }

    private ImageId copied(ImageId image, RegionId to) throws Exception {
        ImageId copy = ask.copy(ME, image, A, to);
        scene.work();
        assertThat(state(copy)).isEqualTo(new ImageState.Available());
        return copy;
    }

    private ImageId encrypted(ImageId image) throws Exception {
        CopyRequest request = Requests.copying(image, A, B);
        ImageId copy =
                ask.copies()
                        .copy(
                                ask.me(),
                                Requests.encrypted(request, Optional.of(true), Optional.empty()));
        scene.work();
        return copy;
    }

    private ImageState state(ImageId image) {
        return scene.image(image).map(Image::state).orElseThrow();
    }

    private Damage.Standing standing(RegionId region) {
        return scene.see(tables -> tables.damage().standing(region));
    }

    private void assertWhole(ImageId image) throws Exception {
        assertThat(state(image)).isEqualTo(new ImageState.Available());
        assertThat(ask.content(image)).containsExactly(Requests.disk(2, 1));
    }

    private void delete(RegionId region, ImageId image) {
        var snapshots = scene.snapshots(image);
        ask.deletions().deleteImage(ask.me(), region, image);
        snapshots.forEach(snapshot -> ask.deletions().deleteSnapshot(ask.me(), snapshot));
    }

    @Test
    void aBadBlockComesFromAnotherRegion() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.scrub(A);
        assertThat(standing(A).badBlocks()).isEqualTo(1);
        scene.heal(A);
        assertWhole(image);
        assertThat(standing(A).damagedParts()).isZero();
    }

    @Test
    void aLostSegmentComesFromAnotherRegion() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        lose(A, StoreLayout.SEGMENTS);
        scene.scrubAndHeal(A);
        scene.crash(); // so that no footer is remembered
        assertWhole(image);
        assertThat(standing(A).lostObjects()).isEqualTo(1);
    }

    @Test
    void aBlockComesFromAnyImageThatHasIt() throws Exception {
        ImageId image = ask.image(1);
        byte[] longer = Arrays.copyOf(Requests.disk(2, 1), 5 * (int) Disks.PART_BYTES);
        copied(ask.image(ME, A, longer), B);
        scene.later(EngineScene.GRACE);
        rot(A);
        scene.scrubAndHeal(A);
        assertWhole(image);
    }

    @Test
    void aLostManifestIsMadeAnew() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        ObjectName lost = lose(A, StoreLayout.MANIFESTS);
        scene.scrubAndHeal(A);
        assertWhole(image);
        scene.collect(A, true);
        assertWhole(image);
        assertThat(standing(A).lostObjects()).as(lost + " is needed no more").isZero();
    }

    @Test
    void aDamagedManifestIsMadeAnewThoughItsBlocksAreLostToo() throws Exception {
        ImageId image = ask.image(1);
        copied(image, C);
        for (ObjectName name : scene.objects(A, StoreLayout.SEGMENTS)) {
            scene.store(A).delete(name);
        }
        rotManifests();
        scene.scrubAndHeal(A);
        scene.collect(A, true);
        scene.crash();
        assertWhole(image);
        assertThat(standing(A).lostObjects()).isZero();
    }

    @Test
    void whatWasHealedStaysWhateverIsDeleted() throws Exception {
        ImageId image = ask.image(1);
        byte[] longer = Arrays.copyOf(Requests.disk(2, 1), 3 * (int) Disks.PART_BYTES);
        longer[(int) Disks.PART_BYTES - 1] ^= 1; // its first part differs in its last page
        ImageId other = ask.image(ME, A, longer);
        ImageId copy = copied(image, B);
        lose(A, StoreLayout.SEGMENTS);
        scene.scrub(A);
        new Healer(scene.shop()).step(scene.regionOf(A)); // one part of several
        delete(A, other);
        delete(B, copy);
        scene.collect(A, true);
        scene.collect(B, true);
        scene.heal(A);
        scene.crash();
        assertWhole(image);
    }

    @Test
    void theCollectorMayComeBetween() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.scrub(A);
        healMeanwhile(() -> scene.collect(A, true));
        assertWhole(image);
        scene.collect(A, true);
        assertWhole(image);
    }

    @Test
    void aManifestThatIsFoundDamagedAfterItWasReadIsMadeAnewToo() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.scrub(A);
        healMeanwhile(() -> {
            rotManifests();
            scene.scrub(A);
        });
        assertWhole(image);
    }

    private interface Deed {
        void run() throws StoreException;
    }

    /// What happens once the healer has read all and begins to write.
    private void healMeanwhile(Deed deed) throws StoreException {
        boolean[] first = {true};
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE && first[0]) {
                first[0] = false;
                try {
                    deed.run();
                } catch (StoreException e) {
                    return Optional.of(e);
                }
            }
            return Optional.empty();
        });
        scene.heal(A);
        assertThat(first[0]).isFalse();
    }

    @Test
    void aCrashWhileHealingCostsNothing() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.scrub(A);
        long before = scene.objects(A);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE) {
                throw new Crash();
            }
            return Optional.empty();
        });
        assertThatThrownBy(() -> scene.heal(A)).isInstanceOf(Crash.class);
        scene.before(_ -> Optional.empty());
        scene.crash();
        scene.heal(A);
        assertWhole(image);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isEqualTo(before + 1);
    }

    @Test
    void anImageIsUnavailableWhenNobodyHasItsBlock() throws Exception {
        ImageId image = ask.image(1);
        ImageId same = ask.image(1);
        rot(A);
        ImageId other = ask.image(7);
        scene.scrubAndHeal(A);
        assertThat(state(image)).isEqualTo(UNAVAILABLE);
        assertThat(state(same)).isEqualTo(UNAVAILABLE);
        assertThat(state(other)).isEqualTo(new ImageState.Available());
        assertThat(standing(A).unavailableImages()).isEqualTo(2);
        assertThat(standing(A).damagedParts()).isEqualTo(1);
    }

    @Test
    void anUnavailableImageBecomesWhatItWasWhenItsBytesAreThereAgain() throws Exception {
        ImageId image = ask.image(1);
        scene.change(tables -> {
            Image whole = tables.images().find(image).orElseThrow();
            tables.images().update(whole.with(new ImageState.Deprecated()));
            return image;
        });
        ObjectName segment = rot(A);
        scene.scrubAndHeal(A);
        assertThat(state(image)).isEqualTo(new ImageState.UnAvailable(true));
        scene.store(A).corrupt(segment, 77);
        scene.later(Healer.AGAIN);
        scene.heal(A);
        assertThat(state(image)).isEqualTo(new ImageState.Deprecated());
        assertThat(standing(A).badBlocks()).isZero();
        assertThat(ask.content(image)).containsExactly(Requests.disk(2, 1));
    }

    @Test
    void anUnavailableImageCanBeDeleted() throws Exception {
        ImageId image = ask.image(1);
        rot(A);
        scene.scrubAndHeal(A);
        delete(A, image);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
        assertThat(standing(A)).isEqualTo(new Damage.Standing(0, 0, 0, 0, Optional.empty()));
    }

    @Test
    void theSameDiskBroughtAnewMakesOldImagesWhole() throws Exception {
        ImageId image = ask.image(1);
        lose(A, StoreLayout.SEGMENTS);
        lose(A, StoreLayout.MANIFESTS);
        scene.scrubAndHeal(A);
        assertThat(state(image)).isEqualTo(UNAVAILABLE);
        ImageId again = ask.image(1);
        scene.later(Healer.AGAIN);
        scene.heal(A);
        scene.collect(A, true);
        assertWhole(again);
        assertWhole(image);
    }

    @Test
    void whatACopyFindsBadIsHealedAndTheCopyGoesOn() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        ImageId copy = ask.copy(ME, image, A, C);
        scene.startTasks(C);
        scene.doPart(C);
        scene.heal(A);
        scene.doPart(C);
        scene.heal(A);
        scene.work();
        assertWhole(copy);
    }

    @Test
    void nothingNewIsMadeOfABadBlock() throws Exception {
        ask.image(1);
        byte[] next = Requests.disk(2, 1);
        next[next.length - 1] ^= 1;
        rot(A);
        scene.scrub(A);
        ImageId image = ask.image(ME, A, next);
        assertThat(ask.content(image)).containsExactly(next);
    }

    @Test
    void anExportReadsABadBlockWhereItLiesTwice() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.scrubAndHeal(A);
        TaskId export = ask.export(image, A);
        scene.work();
        assertThat(scene.task(export).state()).isInstanceOf(TaskState.Done.class);
        assertThat(ask.exported(export)).contains(Requests.disk(2, 1));
    }

    @Test
    void aSourceThatIsBadTooIsNoSource() throws Exception {
        ImageId image = ask.image(1);
        ImageId inB = copied(image, B);
        ImageId inC = copied(image, C);
        rot(A);
        scene.objects(B, StoreLayout.SEGMENTS).forEach(it -> scene.store(B).corrupt(it, 77));
        scene.scrubAndHeal(A);
        assertWhole(image);
        scene.scrubAndHeal(B);
        assertWhole(inB);
        assertWhole(inC);
        assertThat(standing(B).badBlocks()).isPositive();
    }

    @Test
    void aRegionThatCantBeAskedIsNamed() throws Exception {
        ImageId image = ask.image(1);
        copied(image, B);
        rot(A);
        scene.regionOf(B).health().broken("no cable");
        scene.scrubAndHeal(A);
        assertThat(state(image)).isEqualTo(UNAVAILABLE);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        String damage = scene.<Optional<String>>see(t -> t.damage().of(snapshot)).orElseThrow();
        assertThat(damage).contains("not asked: region-b: no cable");
        scene.regionOf(B).health().well();
        scene.later(Healer.AGAIN);
        scene.heal(A);
        assertWhole(image);
    }

    @Test
    void anEncryptedBlockComesFromNowhereElse() throws Exception {
        ImageId plain = ask.image(1);
        ImageId sealed = encrypted(plain);
        rot(B);
        scene.scrubAndHeal(B);
        assertThat(state(sealed)).isEqualTo(UNAVAILABLE);
        ImageId again = encrypted(plain);
        assertThat(state(again)).isEqualTo(new ImageState.Available());
        scene.later(Healer.AGAIN);
        scene.heal(B);
        assertWhole(sealed);
    }

    @Test
    void aRegionStoreThatIsGoneIsNoDamage() throws Exception {
        ImageId image = ask.image(1);
        rot(A);
        scene.scrub(A);
        MemoryRegionStore store = scene.store(A);
        store.vanish();
        scene.heal(A);
        assertThat(state(image)).isEqualTo(new ImageState.Available());
        store.comeBack();
    }
}
