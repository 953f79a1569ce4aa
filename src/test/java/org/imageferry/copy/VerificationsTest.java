package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.NOWHERE;
import static org.imageferry.copy.Refusals.assertRefused;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationsTest {
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

    private TaskState verified() throws Exception {
        TaskId id = ask.verifications().verify(ask.me(), A, Optional.empty());
        scene.work();
        return scene.task(id).state();
    }

    private void assertFound(String finding) throws Exception {
        assertThat(verified())
                .isInstanceOfSatisfying(
                        TaskState.Failed.class,
                        failed -> assertThat(failed.reason()).contains(finding));
    }

    private ObjectName segment() {
        return scene.objects(A, StoreLayout.SEGMENTS).getFirst();
    }

    @Test
    void allIsWell() throws Exception {
        assertThat(verified()).isInstanceOf(TaskState.Done.class);
    }

    @Test
    void rotIsFound() throws Exception {
        scene.store(A).corrupt(segment(), 77);
        assertFound("block");
    }

    private Optional<String> damage(ImageId image) {
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        return scene.<Optional<Snapshot>>see(tables -> tables.snapshots().find(snapshot))
                .orElseThrow()
                .damage();
    }

    @Test
    void rotIsNotedOnAllSnapshotsThatHaveItUntilItIsPutRight() throws Exception {
        ImageId same = ask.image(1);
        ObjectName segment = segment();
        ImageId other = ask.image(9);
        scene.store(A).corrupt(segment, 77);
        ask.verifications().verify(ask.me(), A, Optional.of(image));
        scene.work();
        assertThat(damage(image)).isPresent();
        assertThat(damage(same)).isEqualTo(damage(image));
        assertThat(damage(other)).isEmpty();
        assertThat(scene.<String>see(tables -> tables.outbox().pending(A, 100).toString()))
                .contains("\"damage\"", "\"unavailable\":true");
        assertRefused(
                new Refusal.ImageNotAvailable(same, new ImageState.UnAvailable(false)),
                () -> ask.copy(ME, same, A, B));
        scene.store(A).corrupt(segment, 77); // the bit flips back
        ask.verifications().verify(ask.me(), A, Optional.of(same));
        scene.work();
        assertThat(damage(same)).isEmpty();
        assertThat(damage(image)).as("its parts are the same ones").isEmpty();
        assertThat(scene.image(image).orElseThrow().available()).isTrue();
        assertThat(verified()).isInstanceOf(TaskState.Done.class);
    }

    @Test
    void aStoreThatIsNotThereIsNoDamage() throws Exception {
        scene.before(_ -> Optional.of(new StoreException(StoreException.Kind.FAILED, "no cable")));
        assertFound("no cable");
        assertThat(damage(image)).isEmpty();
    }

    @Test
    void aLostObjectIsFound() throws Exception {
        ObjectName lost = segment();
        scene.store(A).delete(lost);
        scene.crash(); // so that its footer is not remembered
        assertFound("segment " + StoreLayout.segmentId(lost).orElseThrow());
    }

    @Test
    void anObjectThatNobodyKnowsIsFound() throws Exception {
        ObjectName strange = StoreLayout.segment(new ObjectId(1, 1));
        scene.store(A).write(strange, ByteBuffer.allocate(10));
        assertFound("object " + strange + " in the store is not known");
    }

    @Test
    void oneImageCanBeVerified() throws Exception {
        ImageId other = ask.image(ME, A, Requests.disk(1, 5));
        TaskId id = ask.verifications().verify(ask.me(), A, Optional.of(other));
        scene.work();
        assertThat(scene.task(id).state()).isInstanceOf(TaskState.Done.class);
        assertThat(scene.task(id).progress().done()).isEqualTo(Disks.PART_BYTES);
    }

    @Test
    void regionAndImageMustExist() throws Exception {
        assertRefused(
                new Refusal.UnknownRegion(NOWHERE),
                () -> ask.verifications().verify(ask.me(), NOWHERE, Optional.empty()));
        assertRefused(
                new Refusal.UnknownImage(image),
                () -> ask.verifications().verify(ask.me(), B, Optional.of(image)));
    }
}
