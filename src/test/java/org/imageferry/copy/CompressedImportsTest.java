package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.MOST_IMAGE_BYTES;
import static org.imageferry.copy.Requests.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.Progress;
import org.imageferry.format.SampleImage;
import org.imageferry.store.Buckets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Imports of disks that are compressed as a whole.
final class CompressedImportsTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.toByteArray();
    }

    private static ImportRequest detected(ObjectKey... objects) {
        ImportRequest raw = importing(A, objects);
        return new ImportRequest(
                A,
                raw.disks().stream()
                        .map(disk ->
                                new ImportRequest.DiskSource(
                                        Buckets.DEFAULT, disk.object(), Optional.empty()))
                        .toList(),
                raw.name(),
                raw.description(),
                raw.platform(),
                raw.features(),
                raw.group(),
                raw.tags(),
                false,
                raw.token());
    }

    private Accepted imported(byte[]... objects) throws Exception {
        ObjectKey[] keys = new ObjectKey[objects.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = ask.put(ME, A, objects[i]);
        }
        return ask.imports().importImage(ask.me(), detected(keys));
    }

    private void assertFailed(ImageId image, String reason) {
        ImageState state = scene.image(image).orElseThrow().state();
        assertThat(state).isInstanceOf(ImageState.CreateFailed.class);
        assertThat(((ImageState.CreateFailed) state).reason()).contains(reason);
    }

    @Test
    void anImageIsTheUnpackedBytesOfEachDisk() throws Exception {
        byte[] system = Requests.disk(2, 1);
        byte[] data = Arrays.copyOf(Requests.disk(1, 2), 70_001);
        ImageId image = imported(gzip(system), data, gzip(data)).image();
        assertThat(scene.image(image).orElseThrow().bytes()).isEqualTo(data.length);
        scene.work();
        assertThat(ask.content(image)).containsExactly(system, data, data);
        assertThat(scene.image(image).orElseThrow().bytes())
                .isEqualTo(system.length + 2L * data.length);
        Progress progress = scene.bringing(image).progress();
        assertThat(progress.done()).isEqualTo(progress.total()).isPositive();
    }

    @Test
    void nothingUnpackedIsKeptOnceTheImportHasEnded() throws Exception {
        Accepted accepted = imported(gzip(Requests.disk(2, 1)));
        new Unpacker(scene.shop()).step();
        assertThat(scene.shop().scratch().names()).hasSize(1);
        ask.cancellations().cancel(ask.me(), accepted.task());
        assertThat(new Unpacker(scene.shop()).step()).isFalse();
        assertThat(scene.shop().scratch().names()).isEmpty();
    }

    @Test
    void afterARestartItIsUnpackedAgain() throws Exception {
        byte[] disk = Requests.disk(3, 1);
        ImageId image = imported(gzip(disk)).image();
        new Unpacker(scene.shop()).step();
        scene.startTasks(A);
        scene.doPart(A);
        scene.crash();
        scene.doPart(A);
        assertThat(scene.bringing(image).open()).isTrue();
        scene.work();
        assertThat(ask.content(image)).containsExactly(disk);
    }

    @Test
    void aTaskDoesNotStartBeforeAllIsUnpacked() throws Exception {
        ImageId image = imported(gzip(Requests.disk(1, 1)), gzip(Requests.disk(1, 2))).image();
        Unpacker unpacker = new Unpacker(scene.shop());
        unpacker.step();
        scene.startTasks(A);
        assertThat(scene.image(image).orElseThrow().state()).isInstanceOf(ImageState.Waiting.class);
        unpacker.step();
        scene.startTasks(A);
        assertThat(scene.image(image).orElseThrow().state())
                .isInstanceOf(ImageState.Creating.class);
    }

    @Test
    void aBrokenFileFailsTheImport() throws Exception {
        byte[] broken = gzip(Requests.disk(1, 1));
        ImageId image = imported(Arrays.copyOf(broken, broken.length / 2)).image();
        scene.work();
        assertFailed(image, "can't be unpacked");
        assertThat(scene.shop().scratch().names()).isEmpty();
    }

    @Test
    void allDisksTogetherAreNoLongerThanTheRegionTakes() throws Exception {
        byte[] half = new byte[(int) MOST_IMAGE_BYTES / 2];
        byte[] more = new byte[half.length + 1];
        ImageId fits = imported(gzip(half), half).image();
        ImageId tooLong = imported(half, gzip(more)).image();
        ImageId bothTooLong = imported(gzip(half), gzip(more)).image();
        scene.work();
        assertThat(scene.image(fits).orElseThrow().available()).isTrue();
        assertFailed(tooLong, "more than the " + half.length + " bytes");
        assertFailed(bothTooLong, "more than the " + half.length + " bytes");
    }

    @Test
    void anotherFormatInsideIsNotTakenForADisk() throws Exception {
        ImageId image = imported(gzip(SampleImage.QCOW2_ZLIB.bytes())).image();
        scene.work();
        assertFailed(image, "looks like a QCOW2 image: unpack it");
    }

    @Test
    void anObjectThatIsChangedMeanwhileFailsTheImport() throws Exception {
        ObjectKey key = ask.put(ME, A, gzip(Requests.disk(2, 1)));
        ImageId image = ask.imports().importImage(ask.me(), detected(key)).image();
        new Unpacker(scene.shop()).step();
        scene.durable().put(ME, A, key, gzip(Requests.disk(2, 2)));
        scene.work();
        assertFailed(image, "was changed while it was imported");
    }

    @Test
    void withoutRoomItIsTriedForAWhile() throws Exception {
        ImageId image = imported(gzip(Requests.disk(1, 1))).image();
        scene.scratch().full(true);
        Unpacker unpacker = new Unpacker(scene.shop());
        assertThat(unpacker.step()).isFalse();
        assertThat(scene.bringing(image).open()).isTrue();
        scene.scratch().full(false);
        assertThat(unpacker.step()).as("at once").isFalse();
        scene.work();
        assertThat(scene.image(image).orElseThrow().available()).isTrue();

        scene.scratch().full(true);
        ImageId never = imported(gzip(Requests.disk(1, 2))).image();
        scene.work();
        assertFailed(never, "no room");
    }
}
