package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;

import java.time.Duration;
import java.util.Optional;
import org.imageferry.domain.Description;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Snapshots that are kept for some days.
class RetentionTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private SnapshotId copyForTwoDays() throws Exception {
        ImageId image = ask.image(1);
        SnapshotId copy =
                ask.snapshotCopies()
                        .copy(
                                ask.me(),
                                new SnapshotCopyRequest(
                                        scene.snapshots(image).getFirst(),
                                        A,
                                        B,
                                        "",
                                        Description.NONE,
                                        Optional.of(2),
                                        Optional.empty(),
                                        Tags.NONE,
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.empty()));
        scene.work();
        return copy;
    }

    private boolean there(SnapshotId id) {
        return scene.see(tables -> tables.snapshots().find(id).isPresent());
    }

    @Test
    void aSnapshotGoesWithItsBytesWhenItsTimeIsOver() throws Exception {
        SnapshotId copy = copyForTwoDays();
        scene.later(Duration.ofDays(1));
        scene.collect(B, true);
        assertThat(there(copy)).isTrue();
        scene.later(Duration.ofDays(1));
        scene.collect(B, true);
        assertThat(there(copy)).isFalse();
        assertThat(scene.objects(B)).isZero();
        assertThat(scene.<String>see(tables -> tables.outbox().pending(B, 10).getLast().body()))
                .contains(copy.value(), "\"deleted\":true");
    }

    @Test
    void aSnapshotThatIsReadStaysUntilTheReadingEnds() throws Exception {
        SnapshotId copy = copyForTwoDays();
        SnapshotId back = ask.copy(copy, B, A);
        scene.later(Duration.ofDays(3));
        scene.collect(B, false);
        assertThat(there(copy)).isTrue();
        scene.work();
        scene.collect(B, false);
        assertThat(there(copy)).isFalse();
        assertThat(ask.content(back)).isEqualTo(Requests.disk(2, 1));
    }
}
