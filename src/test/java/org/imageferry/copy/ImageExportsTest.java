package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Disk;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Progress;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.format.VhdWriter;
import org.imageferry.store.Buckets;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageExportsTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private TaskId export(RegionId region, ImageId image, BucketName bucket, boolean dryRun) {
        return ask.exports()
                .export(
                        ask.me(),
                        new ExportRequest(region, image, bucket, "", ExportFormat.RAW, dryRun));
    }

    @Test
    void anExportIsTheBytesThatWereImported() throws Exception {
        byte[] disk = java.util.Arrays.copyOf(Requests.disk(3, 1), 300_001);
        TaskId export = ask.export(ask.image(ME, A, disk), A);
        scene.work();
        assertThat(scene.task(export).state()).isInstanceOf(TaskState.Done.class);
        assertThat(ask.exported(export)).contains(disk);
        Progress progress = scene.task(export).progress();
        assertThat(progress.done()).isEqualTo(progress.total()).isEqualTo(300_001);
    }

    @ParameterizedTest
    @EnumSource
    void anExportHoldsTheDiskInEveryFormat(ExportFormat format) throws Exception {
        byte[] disk = new byte[1_200_001];
        System.arraycopy(Requests.disk(4, 1), 0, disk, 659_456, 500_000);
        disk[disk.length - 1] = 1;
        TaskId export = ask.export(ask.image(ME, A, disk), A, format);
        scene.work();
        assertThat(scene.task(export).state()).isInstanceOf(TaskState.Done.class);
        byte[] exported = ask.exported(export).orElseThrow();
        assertThat(exported.length - disk.length).isBetween(0, 511);
        assertThat(exported).startsWith(disk);
        Progress progress = scene.task(export).progress();
        assertThat(progress.done()).isEqualTo(progress.total()).isPositive();
    }

    @Test
    void aDiskThatIsLongerThanAVhdCanBeIsRefused() throws Exception {
        ImageId image = ask.image(1);
        scene.change(tables -> {
            Image small = tables.images().find(image).orElseThrow();
            Disk disk = small.disks().getFirst();
            Disk large = new Disk(0, VhdWriter.MOST_DISK_BYTES + 1, disk.snapshot());
            tables.images().update(small.with(List.of(large)));
            return image;
        });
        assertThat(Refusals.refusal(() -> ask.export(image, A, ExportFormat.VHD)))
                .isInstanceOf(Refusal.UnsupportedFormat.class);
        assertThat(ask.export(image, A, ExportFormat.QCOW2)).isNotNull();
    }

    @Test
    void regionImageAndBucketMustExist() throws Exception {
        ImageId image = ask.image(1);
        BucketName none = new BucketName("no-bucket");
        assertRefused(
                new Refusal.UnknownRegion(NOWHERE),
                () -> export(NOWHERE, image, Buckets.DEFAULT, false));
        assertRefused(new Refusal.UnknownBucket(none), () -> export(A, image, none, false));
        assertRefused(
                new Refusal.UnknownImage(image), () -> export(B, image, Buckets.DEFAULT, false));
        assertRefused(
                new Refusal.UnknownImage(image),
                () ->
                        ask.exports()
                                .export(
                                        ask.caller(OTHER),
                                        new ExportRequest(
                                                A,
                                                image,
                                                Buckets.DEFAULT,
                                                "",
                                                ExportFormat.RAW,
                                                false)));
    }

    @Test
    void theImageMustBeAvailable() throws Exception {
        ImageId young = ask.imported(ME, A, Requests.disk(1, 1));
        assertRefused(
                new Refusal.ImageNotAvailable(young, new ImageState.Waiting()),
                () -> ask.export(young, A));
    }

    @Test
    void oneExportOfAnImageAtATimeIsEnough() throws Exception {
        ImageId image = ask.image(1);
        ask.export(image, A);
        assertRefused(new Refusal.ImageBeingExported(image), () -> ask.export(image, A));
        scene.work();
        ask.export(image, A);
    }

    @Test
    void aDryRunOnlyChecks() throws Exception {
        ImageId image = ask.image(1);
        assertRefused(new Refusal.DryRunPassed(), () -> export(A, image, Buckets.DEFAULT, true));
        assertThat(scene.queue(A)).isEmpty();
    }

    @Test
    void anExportThatIsCancelledBeforeItBeginsChangesNoMore() throws Exception {
        TaskId export = ask.export(ask.image(1), A);
        scene.startTasks(A);
        WholeTask claimed =
                WholeTask.claim(
                                scene.shop(),
                                scene.regionOf(A),
                                org.imageferry.domain.Work.Action.ExportImage)
                        .orElseThrow();
        ask.cancellations().cancel(ask.me(), export);
        claimed.run(() -> claimed.total(1_000));
        assertThat(scene.task(export).progress()).isEqualTo(Progress.NONE);
        assertThat(scene.task(export).state()).isInstanceOf(TaskState.Cancelled.class);
    }

    @Test
    void aLaterTryNeverFindsLessToDo() throws Exception {
        TaskId export = ask.export(ask.image(1), A);
        scene.startTasks(A);
        for (long bytes : new long[] {1_000, 500}) {
            WholeTask claimed =
                    WholeTask.claim(
                                    scene.shop(),
                                    scene.regionOf(A),
                                    org.imageferry.domain.Work.Action.ExportImage)
                            .orElseThrow();
            claimed.total(bytes);
            scene.later(Leases.USUAL);
        }
        assertThat(scene.task(export).progress().total()).isEqualTo(1_000);
    }

    @Test
    void anExportThatALateWorkerDisturbsStartsOver() throws Exception {
        byte[] disk = Requests.disk(2, 1);
        ImageId image = ask.image(ME, A, disk);
        TaskId export = ask.export(image, A);
        scene.startTasks(A);
        var task = scene.task(export);
        var key =
                ImageExports.object(task, (org.imageferry.domain.Work.ExportImage) task.work(), 0);
        var bucket = scene.durable().buckets().find(ME, A, Buckets.DEFAULT).orElseThrow();
        AtomicBoolean disturbed = new AtomicBoolean();
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.READ
                    && operation.name().value().startsWith("segments/")
                    && disturbed.compareAndSet(false, true)) {
                create(bucket, key, disk.length);
            }
            return Optional.empty();
        });
        scene.work();
        assertThat(disturbed).isTrue();
        assertThat(scene.task(export).state()).isInstanceOf(TaskState.Done.class);
        assertThat(ask.exported(export)).contains(disk);
        Progress progress = scene.task(export).progress();
        assertThat(progress.done()).isEqualTo(progress.total());
    }

    private static void create(
            org.imageferry.store.Bucket bucket, org.imageferry.domain.ObjectKey key, long length) {
        try {
            bucket.create(key, length);
        } catch (StoreException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void anExportWhoseImageIsGoneIsNobodysAnyMore() throws Exception {
        ImageId image = ask.image(1);
        TaskId export = ask.export(image, A);
        scene.startTasks(A);
        AtomicBoolean once = new AtomicBoolean();
        Exporter exporter = new Exporter(cancelledWhenClaimed(export, image, once));
        assertThat(exporter.step(scene.regionOf(A))).isTrue();
        assertThat(once).isTrue();
        assertThat(ask.exported(export)).isEmpty();
    }

    /// A workshop in which the export is cancelled, and its image deleted, between its claim and the
    /// first look at the image.
    private Workshop cancelledWhenClaimed(TaskId export, ImageId image, AtomicBoolean once) {
        Workshop real = scene.shop();
        var catalog =
                new Interrupted(
                        real.catalog(),
                        () -> {
                            if (once.compareAndSet(false, true)) {
                                ask.cancellations().cancel(ask.me(), export);
                                ask.deletions().deleteImage(ask.me(), A, image);
                            }
                        });
        return new Workshop(
                catalog,
                real.regions(),
                real.buckets(),
                real.scratch(),
                real.ids(),
                real.node(),
                real.partBytes(),
                real.footers(),
                real.buffers(),
                real.lanes(),
                real.seals(),
                real.leases(),
                real.wake());
    }
}
