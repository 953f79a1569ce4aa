package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;

import java.nio.ByteBuffer;
import org.imageferry.domain.ImageId;
import org.imageferry.store.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What is bad where blocks are moved from, or where they were moved to.
class CompactedDamageTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private final CompactionScene files = new CompactionScene(scene, ask);

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aSegmentInWhichANeededBlockIsDamagedIsLeftAsItIs() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ObjectName segment = files.segments(A).getFirst();
        ImageId small = files.image(1);
        files.delete(A, large);
        scene.store(A).corrupt(segment, 77);
        assertThat(scene.collect(A, true).compacted()).isZero();
        assertThat(files.segments(A)).contains(segment);
        scene.collect(A, true);
        assertThat(files.segments(A)).containsExactly(segment);
        assertThat(files.standing(A).badBlocks()).as("it was noted").isOne();
        scene.store(A).corrupt(segment, 77); // the bit flips back
        scene.heal(A);
        files.assertHolds(small, 1);
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertThat(files.segments(A)).doesNotContain(segment);
        files.assertHolds(small, 1);
    }

    @Test
    void aDamagedBlockIsHealedAndThenTheOthersMove() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ObjectName segment = files.segments(A).getFirst();
        ImageId small = files.image(1);
        files.copied(small, A, B);
        files.delete(A, large);
        scene.store(A).corrupt(segment, 77);
        assertThat(scene.collect(A, true).compacted()).isZero();
        scene.heal(A);
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertThat(files.segments(A)).doesNotContain(segment);
        assertThat(files.standing(A).badBlocks()).as("they went with it").isZero();
        files.assertHolds(small, 1);
        files.assertVerified(A);
    }

    @Test
    void aBlockThatIsBadAndWasHealedElsewhereIsDead() throws Exception {
        ImageId small = files.image(1);
        files.copied(small, A, B);
        ObjectName segment = files.segments(A).getFirst();
        scene.store(A).corrupt(segment, 77);
        scene.scrubAndHeal(A);
        assertThat(scene.collect(A, true).compacted()).as("one block of few").isOne();
        assertThat(files.segments(A)).doesNotContain(segment);
        assertThat(files.standing(A).badBlocks()).isZero();
        files.assertHolds(small, 1);
        files.assertVerified(A);
    }

    @Test
    void whatRotsWhereItWasMovedToIsHealed() throws Exception {
        ImageId small = compacted();
        files.copied(small, A, B);
        scene.store(A).corrupt(files.segments(A).getFirst(), 77);
        scene.scrubAndHeal(A);
        assertThat(files.standing(A).damagedParts()).isZero();
        files.assertHolds(small, 1);
        scene.collect(A, true);
        files.assertHolds(small, 1);
        files.assertVerified(A);
    }

    @Test
    void aLostSegmentIsHealedIntoWhichBlocksWereMoved() throws Exception {
        ImageId small = compacted();
        files.copied(small, A, B);
        scene.store(A).delete(files.segments(A).getFirst());
        scene.scrubAndHeal(A);
        scene.crash(); // so that no footer is remembered
        files.assertHolds(small, 1);
        scene.collect(A, true);
        files.assertHolds(small, 1);
    }

    @Test
    void whatWasBadWhereItWasMovedToMayBeRightAgain() throws Exception {
        ImageId small = compacted();
        ObjectName segment = files.segments(A).getFirst();
        scene.store(A).corrupt(segment, 77);
        scene.scrubAndHeal(A);
        assertThat(files.standing(A).damagedParts()).as("nobody else has it").isOne();
        scene.store(A).corrupt(segment, 77); // the bit flips back
        scene.later(Healer.AGAIN);
        scene.heal(A);
        assertThat(files.standing(A).damagedParts()).isZero();
        files.assertHolds(small, 1);
    }

    @Test
    void whoseSegmentComesBackNeedsWhatTookItsPlace() throws Exception {
        ImageId small = compacted();
        ObjectName segment = files.segments(A).getFirst();
        ByteBuffer bytes = ByteBuffer.allocate((int) scene.store(A).length(segment));
        scene.store(A).read(segment, 0, bytes);
        scene.store(A).delete(segment);
        scene.scrub(A);
        ImageId late = files.image(1, 9);
        scene.store(A).write(segment, bytes.flip());
        scene.heal(A);
        assertThat(files.standing(A).lostObjects()).isZero();
        files.delete(A, late);
        scene.collect(A, true);
        scene.collect(A, true);
        files.assertHolds(small, 1);
        files.assertVerified(A);
    }

    /// An image whose blocks lie elsewhere than where its manifest says.
    private ImageId compacted() throws Exception {
        ImageId large = files.image(1, 2, 3, 4);
        ImageId small = files.image(1);
        files.delete(A, large);
        assertThat(scene.collect(A, true).compacted()).isOne();
        assertThat(files.segments(A)).hasSize(1);
        return small;
    }
}
