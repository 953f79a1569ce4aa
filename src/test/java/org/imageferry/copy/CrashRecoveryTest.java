package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.ImageId;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashRecoveryTest {
    private static final int PARTS = 6;

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private final Set<ObjectName> read = new HashSet<>();

    @AfterEach
    void close() {
        scene.close();
    }

    /// Each part of the image lies in a segment of its own, so the segments read tell the parts.
    private ImageId copyOfManyParts() throws Exception {
        ImageId copy = ask.copy(ME, ask.image(ME, A, Requests.disk(PARTS, 7)), A, B);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.READ) {
                read.add(operation.name());
            }
            return Optional.empty();
        });
        scene.startTasks(B);
        return copy;
    }

    private long segmentsRead() {
        return read.stream().filter(name -> name.value().startsWith("segments/")).count();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void aCopyGoesOnFromItsLastFinishedPart(int finished) throws Exception {
        ImageId copy = copyOfManyParts();
        for (int i = 0; i < finished; i++) {
            scene.doPart(B);
        }
        long before = scene.bringing(copy).progress().done();
        assertThat(segmentsRead()).isEqualTo(finished);
        Set<ObjectName> readBefore = Set.copyOf(read);
        scene.crash();
        read.clear();
        scene.work();
        assertThat(segmentsRead()).isEqualTo(PARTS - finished);
        assertThat(read.stream().filter(readBefore::contains)).isEmpty();
        assertThat(before).isEqualTo(finished * Disks.PART_BYTES);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(PARTS, 7));
    }

    @Test
    void aCrashInTheMiddleOfAPartLosesThatPartOnly() throws Exception {
        ImageId copy = copyOfManyParts();
        scene.doPart(B);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE) {
                throw new Crash();
            }
            return Optional.empty();
        });
        assertThat(crashes()).isTrue();
        scene.before(_ -> Optional.<StoreException>empty());
        scene.crash();
        scene.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(PARTS, 7));
        scene.collect(B, true);
        assertThat(scene.objects(B)).isEqualTo(2 * PARTS);
    }

    private boolean crashes() throws InterruptedException {
        try {
            return !scene.doPart(B);
        } catch (Crash e) {
            return true;
        }
    }

    @Test
    void anImportGoesOnFromItsLastFinishedPart() throws Exception {
        ImageId image = ask.imported(ME, A, Requests.disk(PARTS, 8));
        scene.startTasks(A);
        scene.doPart(A);
        scene.doPart(A);
        scene.crash();
        long before = scene.store(A).bytesWritten();
        scene.work();
        long written = scene.store(A).bytesWritten() - before;
        assertThat(written).isBetween(4 * Disks.PART_BYTES, 5 * Disks.PART_BYTES);
        assertThat(ask.content(image)).containsExactly(Requests.disk(PARTS, 8));
    }
}
