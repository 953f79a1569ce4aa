package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;

import java.time.Duration;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeletionsTest {
    private static final ImageId UNKNOWN = new ImageId("m-" + "0".repeat(20));

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private void delete(RegionId region, ImageId image) {
        ask.deletions().deleteImage(ask.me(), region, image);
    }

    private void delete(SnapshotId snapshot) {
        ask.deletions().deleteSnapshot(ask.me(), snapshot);
    }

    @Test
    void aDeletedImageKeepsItsSnapshots() throws Exception {
        ImageId image = ask.image(1);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        delete(A, image);
        assertThat(scene.image(image)).isEmpty();
        assertThat(scene.<Boolean>see(t -> t.snapshots().find(snapshot).isPresent())).isTrue();
        delete(snapshot);
        assertThat(scene.<Boolean>see(t -> t.snapshots().find(snapshot).isPresent())).isFalse();
    }

    @Test
    void theStoreLearnsOfADeletionInWhateverStateTheImageWas() throws Exception {
        ImageId image = ask.image(1);
        scene.change(tables -> {
            Image whole = tables.images().find(image).orElseThrow();
            tables.images().update(whole.with(new ImageState.Deprecated()));
            return whole;
        });
        delete(A, image);
        assertThat(scene.<String>see(tables -> tables.outbox().pending(A, 100).getLast().body()))
                .contains(image.value(), "\"deleted\":true");
    }

    @Test
    void toDeleteASnapshotTwiceIsToDeleteItOnce() throws Exception {
        ImageId image = ask.image(1);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        delete(A, image);
        delete(snapshot);
        delete(snapshot);
        assertRefused(
                new Refusal.UnknownSnapshot(snapshot),
                () -> ask.deletions().deleteSnapshot(ask.caller(OTHER), snapshot));
        scene.later(Duration.ofDays(8));
        scene.collect(A, false);
        assertRefused(new Refusal.UnknownSnapshot(snapshot), () -> delete(snapshot));
    }

    @Test
    void toDeleteAnImageTwiceIsToDeleteItOnce() throws Exception {
        ImageId image = ask.image(1);
        delete(A, image);
        delete(A, image);
        assertRefused(
                new Refusal.UnknownImage(image),
                () -> ask.deletions().deleteImage(ask.caller(OTHER), A, image));
    }

    @Test
    void onlyOnesOwnCanBeDeleted() throws Exception {
        ImageId image = ask.image(1);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        assertRefused(new Refusal.UnknownRegion(NOWHERE), () -> delete(NOWHERE, image));
        assertRefused(new Refusal.UnknownImage(UNKNOWN), () -> delete(A, UNKNOWN));
        assertRefused(new Refusal.UnknownImage(image), () -> delete(B, image));
        assertRefused(
                new Refusal.UnknownImage(image),
                () -> ask.deletions().deleteImage(ask.caller(OTHER), A, image));
        assertRefused(
                new Refusal.UnknownSnapshot(snapshot),
                () -> ask.deletions().deleteSnapshot(ask.caller(OTHER), snapshot));
    }

    @Test
    void anImageThatIsBeingMadeStays() throws Exception {
        ImageId young = ask.imported(ME, A, Requests.disk(1, 1));
        assertRefused(new Refusal.ImageBeingImported(young), () -> delete(A, young));
        scene.work();
        ImageId copy = ask.copy(ME, young, A, B);
        assertRefused(new Refusal.ImageBeingCopied(young), () -> delete(B, copy));
    }

    @Test
    void anImageThatIsReadStaysUntilTheReadingEnds() throws Exception {
        ImageId image = ask.image(1);
        ImageId copy = ask.copy(ME, image, A, B);
        assertRefused(new Refusal.ImageBeingCopied(image), () -> delete(A, image));
        ask.copies().cancel(ask.me(), B, copy);
        var export = ask.export(image, A);
        assertRefused(new Refusal.ImageBeingExported(image), () -> delete(A, image));
        ask.cancellations().cancel(ask.me(), export);
        delete(A, image);
    }

    @Test
    void aSnapshotThatAnImageIsMadeOfStays() throws Exception {
        ImageId image = ask.image(1);
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        assertRefused(new Refusal.SnapshotInUse(snapshot), () -> delete(snapshot));
    }

    @Test
    void aCopyOutlivesItsSource() throws Exception {
        ImageId image = ask.image(1);
        ImageId copy = ask.copy(ME, image, A, B);
        scene.work();
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        delete(A, image);
        delete(snapshot);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
    }
}
