package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.GRACE;
import static org.imageferry.copy.EngineScene.ME;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    /// A copy into B of which one part is there when it is cancelled.
    private void aCancelledCopy() throws Exception {
        ImageId copy = ask.copy(ME, ask.image(1), A, B);
        scene.startTasks(B);
        scene.doPart(B);
        ask.copies().cancel(ask.me(), B, copy);
    }

    @Test
    void whatACancelLeftGoesWhenItsGraceIsOver() throws Exception {
        aCancelledCopy();
        Collected first = scene.collect(B, false);
        assertThat(first.condemned()).isEqualTo(2);
        assertThat(first.waiting()).isEqualTo(2);
        assertThat(scene.objects(B)).isEqualTo(2);
        scene.later(GRACE);
        Collected second = scene.collect(B, false);
        assertThat(second.deleted()).isEqualTo(2);
        assertThat(second.deletedBytes()).isGreaterThan(Disks.PART_BYTES);
        assertThat(second.waiting()).isZero();
        assertThat(scene.objects(B)).isZero();
    }

    @Test
    void nowMeansNow() throws Exception {
        aCancelledCopy();
        assertThat(scene.collect(B, true).deleted()).isEqualTo(2);
        assertThat(scene.objects(B)).isZero();
    }

    @Test
    void whatImagesNeedStays() throws Exception {
        ImageId image = ask.image(1);
        long objects = scene.objects(A);
        assertThat(scene.collect(A, true).condemned()).isZero();
        ask.deletions().deleteImage(ask.me(), A, image);
        assertThat(scene.collect(A, true).condemned()).isZero();
        assertThat(scene.objects(A)).isEqualTo(objects).isPositive();
    }

    @Test
    void bytesGoWithTheLastSnapshotThatHasThem() throws Exception {
        ImageId one = ask.image(1);
        ImageId other = ask.image(1);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isEqualTo(4);
        delete(one);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isEqualTo(4);
        delete(other);
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
    }

    private void delete(ImageId image) {
        var snapshots = scene.snapshots(image);
        ask.deletions().deleteImage(ask.me(), A, image);
        snapshots.forEach(snapshot -> ask.deletions().deleteSnapshot(ask.me(), snapshot));
    }

    @Test
    void whatIsBeingMadeStays() throws Exception {
        ImageId copy = ask.copy(ME, ask.image(1), A, B);
        scene.startTasks(B);
        AtomicInteger passes = new AtomicInteger();
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE
                    && operation.name().value().startsWith("manifests/")) {
                passes.incrementAndGet();
                collectNow();
            }
            return Optional.empty();
        });
        scene.work();
        assertThat(passes).hasPositiveValue();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
    }

    private void collectNow() {
        try {
            scene.collect(B, true);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aWriteThatLandsAfterItsRowWasCondemnedIsDeleted() throws Exception {
        ask.copy(ME, ask.image(1), A, B);
        scene.startTasks(B);
        AtomicBoolean lands = new AtomicBoolean();
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE
                    && operation.name().value().startsWith("segments/")) {
                scene.later(Leases.USUAL);
                collectNow();
                scene.later(GRACE);
                collectNow();
                lands.set(true);
            }
            // As if the process died before it could take back what had landed.
            return lands.get() && operation.kind() == Operation.Kind.DELETE
                    ? Optional.of(new StoreException(StoreException.Kind.FAILED, "dead"))
                    : Optional.empty();
        });
        scene.doPart(B);
        scene.before(_ -> Optional.empty());
        assertThat(scene.objects(B)).isEqualTo(1);
        scene.later(DAY);
        scene.collect(B, false);
        assertThat(scene.objects(B)).isZero();
    }

    @Test
    void aDeletionThatFailsIsTriedAgain() throws Exception {
        aCancelledCopy();
        scene.before(operation ->
                operation.kind() == Operation.Kind.DELETE
                        ? Optional.of(new StoreException(StoreException.Kind.FAILED, "not now"))
                        : Optional.empty());
        assertThatThrownBy(() -> scene.collect(B, true)).hasMessage("not now");
        scene.before(_ -> Optional.empty());
        assertThat(scene.collect(B, true).deleted()).isEqualTo(2);
        assertThat(scene.objects(B)).isZero();
    }

    @Test
    void theGenerationRisesBeforeAnythingGoesAndOnlyThen() throws Exception {
        aCancelledCopy();
        long before = StoreIdentity.generation(scene.store(B));
        scene.collect(B, false);
        assertThat(StoreIdentity.generation(scene.store(B))).isEqualTo(before);
        scene.collect(B, true);
        assertThat(StoreIdentity.generation(scene.store(B))).isEqualTo(before + 1);
        scene.collect(B, true);
        assertThat(StoreIdentity.generation(scene.store(B))).isEqualTo(before + 1);
    }

    @Test
    void aStoreThatIsNotOursLosesNothing() throws Exception {
        aCancelledCopy();
        scene.regionOf(B).health().broken("this store belongs to another");
        assertThatThrownBy(() -> scene.collect(B, true))
                .hasMessage("this store belongs to another");
        assertThat(scene.objects(B)).isEqualTo(2);
    }

    @Test
    void aFullStoreIsEmptied() throws Exception {
        aCancelledCopy();
        scene.regionOf(B).health().full("no room");
        assertThat(scene.collect(B, true).deleted()).isEqualTo(2);
    }

    @Test
    void aCopyWithoutProgressForAnHourHasFailed() throws Exception {
        ImageId copy = ask.copy(ME, ask.image(1), A, B);
        scene.startTasks(B);
        scene.later(Duration.ofMinutes(59));
        scene.collect(B, false);
        assertThat(scene.bringing(copy).open()).isTrue();
        scene.later(Duration.ofMinutes(2));
        scene.collect(B, false);
        assertThat(scene.bringing(copy).state())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.reason()).contains("no progress"));
    }

    @Test
    void aFailedImageGoesAfterAWeek() throws Exception {
        ImageId copy = ask.copy(ME, ask.image(1), A, B);
        scene.startTasks(B);
        scene.later(Duration.ofHours(2));
        scene.collect(B, false);
        assertThat(scene.image(copy)).isPresent();
        scene.later(Duration.ofDays(7));
        scene.collect(B, false);
        assertThat(scene.image(copy)).isEmpty();
    }
}
