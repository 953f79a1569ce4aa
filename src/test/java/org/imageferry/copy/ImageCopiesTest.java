package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Refusals.refusal;
import static org.imageferry.copy.Requests.copying;

import java.util.Optional;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ImageCopiesTest {
    private static final ImageId UNKNOWN = new ImageId("m-" + "0".repeat(20));

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private ImageId image = UNKNOWN;

    @BeforeEach
    void anImage() throws Exception {
        image = ask.image(1);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private ImageId copy(CopyRequest request) {
        return ask.copies().copy(ask.me(), request);
    }

    private void assertCopyRefused(Refusal expected, CopyRequest request) {
        assertRefused(expected, () -> copy(request));
        assertThat(scene.queue(B)).isEmpty();
    }

    @Test
    void aCopyIsAnImageOfItsOwnFromTheFirstMoment() {
        ImageId copy = copy(copying(image, A, B));
        assertThat(scene.image(copy).orElseThrow().state()).isEqualTo(new ImageState.Waiting());
        assertThat(scene.image(copy).orElseThrow().name().value()).isEqualTo("copy-" + copy);
        assertThat(scene.snapshots(copy)).hasSize(1);
    }

    @Test
    void aCopyEndsEqualToItsSource() throws Exception {
        ImageId copy = copy(copying(image, A, B));
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 1));
        assertThat(scene.bringing(copy).progress().done())
                .isEqualTo(scene.bringing(copy).progress().total())
                .isEqualTo(2 * Disks.PART_BYTES);
    }

    @Test
    void aSecondCopyOfTheSameMovesNothing() throws Exception {
        copy(copying(image, A, B));
        scene.work();
        long objects = scene.objects(B);
        ImageId again = copy(copying(image, A, B));
        scene.startTasks(B);
        assertThat(scene.image(again).orElseThrow().available()).isTrue();
        assertThat(scene.objects(B)).isEqualTo(objects);
    }

    @Test
    void regionsMustExist() {
        assertCopyRefused(new Refusal.UnknownSourceRegion(NOWHERE), copying(image, NOWHERE, B));
        assertCopyRefused(
                new Refusal.UnknownDestinationRegion(NOWHERE), copying(image, A, NOWHERE));
    }

    @Test
    void theDestinationMustBeUsable() {
        scene.regionOf(B).health().broken("it burns");
        assertCopyRefused(new Refusal.RegionUnavailable(B, "it burns"), copying(image, A, B));
    }

    @Test
    void theSourceMustBeOnesOwnAndWhereItIsSaidToBe() {
        assertCopyRefused(new Refusal.UnknownImage(UNKNOWN), copying(UNKNOWN, A, B));
        assertCopyRefused(new Refusal.UnknownImage(image), copying(image, C, B));
        assertRefused(
                new Refusal.UnknownImage(image),
                () -> ask.copies().copy(ask.caller(OTHER), copying(image, A, B)));
    }

    @Test
    void theSourceMustBeAvailable() throws Exception {
        ImageId young = ask.imported(ME, A, Requests.disk(1, 2));
        assertCopyRefused(
                new Refusal.ImageNotAvailable(young, new ImageState.Waiting()),
                copying(young, A, B));
    }

    @Test
    void aSnapshotOfTheSourceMayBeMissing() {
        var snapshot = scene.snapshots(image).getFirst();
        scene.change(tables -> {
            var whole = tables.snapshots().find(snapshot).orElseThrow();
            tables.snapshots().update(whole.withDamage(Optional.of("a bit flipped")));
            return whole;
        });
        assertCopyRefused(new Refusal.SourceSnapshotMissing(snapshot), copying(image, A, B));
    }

    @Test
    void aCopyIntoTheSameRegionIsRefused() {
        assertCopyRefused(new Refusal.SameRegion(A), copying(image, A, A));
    }

    @Test
    void anImageMayBeTooLarge() throws Exception {
        Region small = scene.regionOf(B);
        var regions =
                new RegionMap(
                        java.util.List.of(
                                scene.regionOf(A),
                                new Region(
                                        B,
                                        "small",
                                        small.store(),
                                        small.slots(),
                                        1,
                                        small.health())));
        var copies =
                new ImageCopies(
                        new Changes(scene.shop().catalog()),
                        regions,
                        scene.keys().choices(),
                        scene.shop().ids());
        assertRefused(
                new Refusal.ImageTooLarge(2 * Disks.PART_BYTES, 1),
                () -> copies.copy(ask.me(), copying(image, A, B)));
    }

    @Test
    void aNameIsUsedOnceInARegion() {
        copy(Requests.named(copying(image, A, B), "golden"));
        ImageName name = new ImageName("golden");
        assertRefused(
                new Refusal.NameTaken(name),
                () -> copy(Requests.named(copying(image, A, B), "golden")));
        copy(Requests.named(copying(image, A, C), "golden"));
    }

    @Test
    void oneOpenCopyOfAnImageIntoARegionIsEnough() throws Exception {
        copy(copying(image, A, B));
        assertRefused(new Refusal.ImageBeingCopied(image), () -> copy(copying(image, A, B)));
        scene.work();
        copy(copying(image, A, B));
    }

    @Test
    void aDryRunOnlyChecks() {
        assertCopyRefused(new Refusal.DryRunPassed(), Requests.dry(copying(image, A, B)));
        assertCopyRefused(new Refusal.SameRegion(A), Requests.dry(copying(image, A, A)));
    }

    @Test
    void aTokenMakesARequestCountOnce() {
        CopyRequest request = Requests.withToken(copying(image, A, B), "token", 1);
        ImageId copy = copy(request);
        assertThat(copy(request)).isEqualTo(copy);
        assertThat(scene.queue(B)).hasSize(1);
        assertRefused(
                new Refusal.TokenMismatch("token"),
                () -> copy(Requests.withToken(copying(image, A, C), "token", 2)));
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsToken() {
        scene.regionOf(B).health().broken("it burns");
        CopyRequest request = Requests.withToken(copying(image, A, B), "token", 1);
        refusal(() -> copy(request));
        scene.regionOf(B).health().well();
        copy(request);
        assertThat(scene.queue(B)).hasSize(1);
    }

    @Test
    void aNonceIsGoodOnce() {
        Caller caller = ask.me();
        ask.copies().copy(caller, copying(image, A, B));
        assertRefused(
                new Refusal.NonceUsed(), () -> ask.copies().copy(caller, copying(image, A, C)));
        assertThat(scene.queue(C)).isEmpty();
    }

    @Test
    void onlyAnOpenCopyCanBeCancelled() throws Exception {
        assertRefused(new Refusal.NotACopy(image), () -> ask.copies().cancel(ask.me(), A, image));
        assertRefused(
                new Refusal.UnknownImage(UNKNOWN), () -> ask.copies().cancel(ask.me(), A, UNKNOWN));
        ImageId copy = copy(copying(image, A, B));
        assertRefused(
                new Refusal.UnknownImage(copy),
                () -> ask.copies().cancel(ask.caller(OTHER), B, copy));
        assertRefused(new Refusal.UnknownImage(copy), () -> ask.copies().cancel(ask.me(), C, copy));
        scene.work();
        assertRefused(
                new Refusal.CopyEnded(copy, (TaskState.Ended) scene.bringing(copy).state()),
                () -> ask.copies().cancel(ask.me(), B, copy));
    }
}
