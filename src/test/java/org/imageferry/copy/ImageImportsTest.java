package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.MOST_IMAGE_BYTES;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Refusals.refusal;
import static org.imageferry.copy.Requests.importing;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.TaskState;
import org.imageferry.format.SampleImage;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;
import org.imageferry.store.Upload;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImageImportsTest {
    private static final ObjectKey NONE = new ObjectKey("nothing.raw");

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private Accepted importImage(ImportRequest request) {
        return ask.imports().importImage(ask.me(), request);
    }

    private ObjectKey anObject() throws StoreException {
        return ask.put(ME, A, Requests.disk(1, 1));
    }

    private static ImportRequest changed(
            ImportRequest request,
            Optional<ImageName> name,
            boolean dryRun,
            Optional<ClientToken> token) {
        return new ImportRequest(
                request.region(),
                request.disks(),
                name,
                request.description(),
                request.platform(),
                request.features(),
                request.group(),
                request.tags(),
                dryRun,
                token);
    }

    private static ImportRequest of(ImportRequest.DiskSource disk) {
        ImportRequest request = importing(A);
        return new ImportRequest(
                A,
                List.of(disk),
                request.name(),
                request.description(),
                request.platform(),
                request.features(),
                request.group(),
                request.tags(),
                false,
                request.token());
    }

    @Test
    void anImageOfTwoDisksIsTheirBytes() throws Exception {
        byte[] system = Requests.disk(2, 1);
        byte[] data = java.util.Arrays.copyOf(Requests.disk(1, 2), 5_000);
        ImageId image =
                importImage(importing(A, ask.put(ME, A, system), ask.put(ME, A, data))).image();
        scene.work();
        assertThat(ask.content(image)).containsExactly(system, data);
    }

    @Test
    void regionBucketAndObjectMustExist() throws Exception {
        ObjectKey object = anObject();
        BucketName bucket = new BucketName("no-bucket");
        assertRefused(
                new Refusal.UnknownRegion(NOWHERE), () -> importImage(importing(NOWHERE, object)));
        assertRefused(
                new Refusal.UnknownObject(Buckets.DEFAULT, NONE),
                () -> importImage(importing(A, NONE)));
        assertRefused(
                new Refusal.UnknownBucket(bucket),
                () ->
                        importImage(
                                of(
                                        new ImportRequest.DiskSource(
                                                bucket, object, Optional.empty()))));
        assertRefused(
                new Refusal.UnknownObject(Buckets.DEFAULT, object),
                () -> ask.imports().importImage(ask.caller(OTHER), importing(A, object)));
        assertThat(scene.queue(A)).isEmpty();
    }

    @Test
    void theRegionMustBeUsable() throws Exception {
        ObjectKey object = anObject();
        scene.regionOf(A).health().broken("it burns");
        assertRefused(
                new Refusal.RegionUnavailable(A, "it burns"),
                () -> importImage(importing(A, object)));
    }

    @Test
    void whatIsNotWhatItWasDeclaredAsIsRefused() throws Exception {
        ObjectKey object = anObject();
        assertThat(
                        refusal(() ->
                                importImage(
                                        of(
                                                new ImportRequest.DiskSource(
                                                        Buckets.DEFAULT,
                                                        object,
                                                        Optional.of("QCOW2"))))))
                .isInstanceOf(Refusal.UnsupportedFormat.class);
    }

    @ParameterizedTest
    @EnumSource
    void anImageOfAnyFormatBecomesTheDiskThatItHolds(SampleImage sample) throws Exception {
        ObjectKey object = ask.put(ME, A, sample.bytes());
        ImageId image =
                importImage(
                                of(
                                        new ImportRequest.DiskSource(
                                                Buckets.DEFAULT, object, Optional.empty())))
                        .image();
        scene.work();
        assertThat(ask.content(image)).containsExactly(SampleImage.disk());
    }

    /// The guest of a raw disk could write a header whose length nobody may take on trust.
    @Test
    void aHeaderMayClaimMoreThanTheRegionTakes() throws Exception {
        byte[] qcow2 = SampleImage.QCOW2_ZLIB.bytes();
        qcow2[28] = 16; // 256 MiB more
        ObjectKey object = ask.put(ME, A, qcow2);
        assertThat(
                        refusal(() ->
                                importImage(
                                        of(
                                                new ImportRequest.DiskSource(
                                                        Buckets.DEFAULT,
                                                        object,
                                                        Optional.empty())))))
                .isEqualTo(
                        new Refusal.ImageTooLarge(
                                (1L << 28) + SampleImage.disk().length, MOST_IMAGE_BYTES));
    }

    @Test
    void anImageMayBeTooLarge() throws Exception {
        ObjectKey large = ask.put(ME, A, new byte[Math.toIntExact(MOST_IMAGE_BYTES) + 1]);
        assertRefused(
                new Refusal.ImageTooLarge(MOST_IMAGE_BYTES + 1, MOST_IMAGE_BYTES),
                () -> importImage(importing(A, large)));
    }

    @Test
    void aNameIsUsedOnceInARegion() throws Exception {
        ImportRequest request =
                changed(
                        importing(A, anObject()),
                        Optional.of(new ImageName("golden")),
                        false,
                        Optional.empty());
        importImage(request);
        assertRefused(new Refusal.NameTaken(new ImageName("golden")), () -> importImage(request));
    }

    @Test
    void aDryRunOnlyChecks() throws Exception {
        ImportRequest request =
                changed(importing(A, anObject()), Optional.empty(), true, Optional.empty());
        assertRefused(new Refusal.DryRunPassed(), () -> importImage(request));
        assertThat(scene.queue(A)).isEmpty();
    }

    @Test
    void aRepeatedRequestIsAnsweredAsBeforeThoughTheObjectIsGone() throws Exception {
        ObjectKey object = anObject();
        ImportRequest request =
                changed(
                        importing(A, object),
                        Optional.empty(),
                        false,
                        Optional.of(new ClientToken("token", new Digest(1, 1, 1, 1))));
        Accepted accepted = importImage(request);
        bucket().delete(object);
        assertThat(importImage(request)).isEqualTo(accepted);
        assertThat(scene.queue(A)).hasSize(1);
    }

    private Bucket bucket() {
        return scene.durable().buckets().find(ME, A, Buckets.DEFAULT).orElseThrow();
    }

    @Test
    void anObjectThatChangedBeforeItWasReadFailsTheImport() throws Exception {
        ObjectKey object = anObject();
        ImageId image = importImage(importing(A, object)).image();
        scene.durable().put(ME, A, object, Requests.disk(1, 2));
        scene.work();
        assertFailed(image, "was changed while it was imported");
    }

    @Test
    void anObjectThatChangesWhileItIsReadFailsTheImport() throws Exception {
        ObjectKey object = ask.put(ME, A, Requests.disk(2, 1));
        ImageId image = importImage(importing(A, object)).image();
        scene.startTasks(A);
        scene.doPart(A);
        scene.durable().put(ME, A, object, Requests.disk(2, 2));
        scene.work();
        assertFailed(image, "was changed while it was imported");
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
    }

    private void assertFailed(ImageId image, String reason) {
        ImageState state = scene.image(image).orElseThrow().state();
        assertThat(state).isInstanceOf(ImageState.CreateFailed.class);
        assertThat(((ImageState.CreateFailed) state).reason()).contains(reason);
        assertThat(scene.bringing(image).state()).isInstanceOf(TaskState.Failed.class);
    }

    @Test
    void aBucketThatFailsForAWhileIsAskedAgain() throws Exception {
        byte[] disk = Requests.disk(1, 3);
        ImageId image = ask.imported(ME, A, disk);
        failingBuckets(9);
        scene.work();
        assertThat(ask.content(image)).containsExactly(disk);
    }

    @Test
    void aBucketThatKeepsFailingFailsTheImport() throws Exception {
        ImageId image = ask.imported(ME, A, Requests.disk(1, 3));
        failingBuckets(Integer.MAX_VALUE);
        scene.work();
        assertFailed(image, "the bucket fails");
    }

    /// Buckets that fail so often when an object is opened.
    private void failingBuckets(int times) {
        AtomicInteger left = new AtomicInteger(times);
        scene.buckets(real ->
                (account, region, name) ->
                        real.find(account, region, name)
                                .map(bucket -> new FailingBucket(bucket, left)));
    }

    private record FailingBucket(Bucket real, AtomicInteger left) implements Bucket {
        @Override
        public Optional<BucketObject> open(ObjectKey key) throws StoreException {
            if (left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                throw new StoreException(StoreException.Kind.FAILED, "the bucket fails");
            }
            return real.open(key);
        }

        @Override
        public Upload upload(ObjectKey key, long length) throws StoreException {
            return real.upload(key, length);
        }

        @Override
        public Upload create(ObjectKey key, long length) throws StoreException {
            return real.create(key, length);
        }

        @Override
        public void delete(ObjectKey key) throws StoreException {
            real.delete(key);
        }
    }

    @Test
    void dataThatBeginsWithinAPageIsCountedByPages() throws Exception {
        byte[] disk = new byte[8_192];
        disk[4_000] = 1;
        disk[5_000] = 1;
        ImageId image = importImage(importing(A, ask.put(ME, A, disk))).image();
        fineExtents();
        scene.work();
        assertThat(ask.content(image)).containsExactly(disk);
        assertThat(scene.bringing(image).progress().done())
                .isEqualTo(scene.bringing(image).progress().total())
                .isEqualTo(8_192);
    }

    /// Buckets that tell where there is data to the byte.
    private void fineExtents() {
        scene.buckets(real ->
                (account, region, name) -> real.find(account, region, name).map(FineBucket::new));
    }

    private record FineBucket(Bucket real) implements Bucket {
        @Override
        public Optional<BucketObject> open(ObjectKey key) throws StoreException {
            return real.open(key).map(FineObject::new);
        }

        @Override
        public Upload upload(ObjectKey key, long length) throws StoreException {
            return real.upload(key, length);
        }

        @Override
        public Upload create(ObjectKey key, long length) throws StoreException {
            return real.create(key, length);
        }

        @Override
        public void delete(ObjectKey key) throws StoreException {
            real.delete(key);
        }
    }

    private record FineObject(BucketObject real) implements BucketObject {
        @Override
        public long length() {
            return real.length();
        }

        @Override
        public String etag() {
            return real.etag();
        }

        @Override
        public List<org.imageferry.store.Extent> extents(long from, long to) {
            return List.of(
                    new org.imageferry.store.Extent(4_000, 1),
                    new org.imageferry.store.Extent(5_000, 1));
        }

        @Override
        public void read(long offset, java.nio.ByteBuffer into) throws StoreException {
            real.read(offset, into);
        }

        @Override
        public void close() {
            real.close();
        }
    }

    @Test
    void anImportThatIsCancelledLeavesNothing() throws Exception {
        Accepted accepted = importImage(importing(A, ask.put(ME, A, Requests.disk(3, 1))));
        scene.startTasks(A);
        scene.doPart(A);
        ask.cancellations().cancel(ask.me(), accepted.task());
        assertThat(scene.image(accepted.image())).isEmpty();
        scene.collect(A, true);
        assertThat(scene.objects(A)).isZero();
        assertRefused(
                new Refusal.TaskEnded(
                        accepted.task(), (TaskState.Ended) scene.task(accepted.task()).state()),
                () -> ask.cancellations().cancel(ask.me(), accepted.task()));
    }
}
