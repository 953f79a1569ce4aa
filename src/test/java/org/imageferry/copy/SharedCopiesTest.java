package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Copies of images that another account owns.
class SharedCopiesTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private ImageId image = new ImageId("m-" + "0".repeat(20));

    @BeforeEach
    void anImage() throws Exception {
        image = ask.image(1);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private void share(boolean isPublic, AccountId... accounts) {
        ask.sharing()
                .share(
                        ask.me(),
                        A,
                        image,
                        new ShareRequest(
                                List.of(accounts), List.of(), Optional.of(isPublic), false));
    }

    private void unshare(AccountId account) {
        ask.sharing()
                .share(
                        ask.me(),
                        A,
                        image,
                        new ShareRequest(List.of(), List.of(account), Optional.empty(), false));
    }

    private void publish(RegionId... into) {
        ask.sharing().publish(ask.me(), A, image, Set.of(into));
    }

    private ImageId copyAsOther(RegionId destination) {
        return ask.copy(OTHER, image, A, destination);
    }

    @Test
    void aSharedImageIsCopiedWithinItsRegionAndBelongsToWhoCopiedIt() throws Exception {
        share(false, OTHER);
        ImageId copy = copyAsOther(A);
        scene.work();
        Image made = scene.image(copy).orElseThrow();
        assertThat(made.account()).isEqualTo(OTHER);
        assertThat(made.group()).isEqualTo(ResourceGroupId.standard(OTHER));
        assertThat(made.available()).isTrue();
        assertThat(owner(scene.snapshots(copy).getFirst())).isEqualTo(OTHER);
        assertThat(scene.bringing(copy).account()).isEqualTo(OTHER);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
    }

    private AccountId owner(SnapshotId id) {
        return scene.see(
                tables -> tables.snapshots().find(id).map(Snapshot::account).orElseThrow());
    }

    @Test
    void accountsShareNoBytesThoughTheyAreEqual() throws Exception {
        share(false, OTHER);
        long objects = scene.objects(A);
        ImageId copy = copyAsOther(A);
        scene.work();
        assertThat(scene.objects(A)).isGreaterThan(objects);
        assertThat(scene.bringing(copy).progress().moved()).isEqualTo(2 * Disks.PART_BYTES);
        SnapshotId snapshot = scene.snapshots(copy).getFirst();
        scene.see(tables -> tables.parts().of(snapshot))
                .forEach(part -> assertThat(part.part().scope()).isEqualTo(new Scope(OTHER, A)));
    }

    @Test
    void whatOthersShareCanBeDeletedByThemOnceTheCopyIsDone() throws Exception {
        share(false, OTHER);
        ImageId copy = copyAsOther(A);
        unshare(OTHER);
        assertRefused(
                new Refusal.ImageBeingCopied(image),
                () -> ask.deletions().deleteImage(ask.me(), A, image));
        scene.work();
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        ask.deletions().deleteImage(ask.me(), A, image);
        ask.deletions().deleteSnapshot(ask.me(), snapshot);
        scene.collect(A, true);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
    }

    @Test
    void unsharingDoesNotDisturbACopyThatWasEntered() throws Exception {
        share(false, OTHER);
        ImageId copy = copyAsOther(A);
        scene.startTasks(A);
        unshare(OTHER);
        scene.work();
        assertThat(scene.image(copy).orElseThrow().available()).isTrue();
        assertRefused(new Refusal.UnknownImage(image), () -> copyAsOther(A));
    }

    @Test
    void aSharedImageIsNotCopiedIntoAnotherRegion() {
        share(false, OTHER);
        assertRefused(new Refusal.Sharing.SharedElsewhere(image), () -> copyAsOther(B));
    }

    @Test
    void whoeverSharesAnImageStillCopiesItAnywhereButThere() {
        share(false, OTHER);
        ask.copy(ME, image, A, B);
        assertRefused(new Refusal.SameRegion(A), () -> ask.copy(ME, image, A, A));
    }

    @Test
    void aCommunityImageIsCopiedByItsOwnerOnly() {
        share(true);
        assertRefused(new Refusal.Sharing.CommunityImage(image), () -> copyAsOther(A));
        assertRefused(new Refusal.Sharing.CommunityImage(image), () -> copyAsOther(B));
        ask.copy(ME, image, A, B);
    }

    @Test
    void anImageOfTheMarketplaceIsCopiedIntoTheRegionsItIsThereFor() throws Exception {
        publish(B);
        assertRefused(new Refusal.Sharing.NotPublished(image, C), () -> copyAsOther(C));
        assertRefused(new Refusal.Sharing.NotPublished(image, A), () -> copyAsOther(A));
        ImageId copy = copyAsOther(B);
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
        publish();
        assertRefused(new Refusal.UnknownImage(image), () -> copyAsOther(B));
    }

    @Test
    void anImageThatIsSharedAndInTheMarketplaceIsCopiedByEitherRight() {
        share(false, OTHER);
        publish(B);
        copyAsOther(A);
        copyAsOther(B);
        assertRefused(new Refusal.Sharing.NotPublished(image, C), () -> copyAsOther(C));
    }

    @Test
    void twoAccountsCopyOneImageWithoutLearningOfEachOther() throws Exception {
        publish(B);
        ImageId mine = ask.copy(ME, image, A, B);
        ImageId theirs = copyAsOther(B);
        scene.work();
        assertThat(ask.content(mine)).containsExactly(Requests.disk(2, 1));
        assertThat(ask.content(theirs)).containsExactly(Requests.disk(2, 1));
    }

    @Test
    void whoMayNotSeeAnImageLearnsNothingOfItsState() throws Exception {
        ImageId waiting = ask.imported(ME, A, Requests.disk(1, 2));
        assertRefused(new Refusal.UnknownImage(waiting), () -> ask.copy(OTHER, waiting, A, A));
    }

    @Test
    void theRightToCopyIsToldBeforeTheImagesState() throws Exception {
        image = ask.imported(ME, A, Requests.disk(1, 2));
        share(false, OTHER);
        assertRefused(new Refusal.Sharing.SharedElsewhere(image), () -> copyAsOther(B));
    }
}
