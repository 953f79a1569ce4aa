package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrubberTest {
    private static final Duration WITHIN = Duration.ofDays(30);
    private static final Duration TURN = Duration.ofDays(15).plusSeconds(1);
    private static final Duration IDLE = Duration.ofMinutes(1);

    private final EngineScene scene = EngineScene.opened();
    private final List<ObjectName> read = new ArrayList<>();
    private Scrubber scrubber = new Scrubber(scene.shop(), WITHIN);

    @BeforeEach
    void someImages() throws Exception {
        Requests ask = new Requests(scene);
        ask.image(1);
        scene.later(Duration.ofDays(1));
        ask.image(2);
        scene.before(operation -> {
            if (operation.kind() == Operation.Kind.READ) {
                read.add(operation.name());
            }
            return Optional.empty();
        });
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private Duration step() {
        return scrubber.step(scene.regionOf(A));
    }

    private int steps() {
        int steps = 0;
        while (step().compareTo(IDLE) < 0) {
            steps++;
        }
        return steps;
    }

    @Test
    void whatWasJustWrittenIsNotRead() {
        assertThat(step()).isEqualTo(IDLE);
        assertThat(read).isEmpty();
    }

    @Test
    void everyObjectIsReadOnceWhenItsTurnComes() {
        scene.later(TURN);
        assertThat(steps()).isEqualTo((int) scene.objects(A));
        assertThat(new HashSet<>(read)).hasSize((int) scene.objects(A));
        read.clear();
        assertThat(steps()).isZero();
        scene.later(TURN);
        assertThat(steps()).isEqualTo((int) scene.objects(A));
    }

    @Test
    void theOldestComeFirst() {
        scene.later(TURN.minus(Duration.ofDays(1)));
        assertThat(steps()).isPositive().isLessThan((int) scene.objects(A));
    }

    @Test
    void aRestartGoesOnWhereTheOtherProcessWas() {
        scene.later(TURN);
        step();
        step();
        scene.crash();
        scrubber = new Scrubber(scene.shop(), WITHIN);
        assertThat(steps()).isEqualTo((int) scene.objects(A) - 2);
    }

    @Test
    void whatCantBeReadNowHoldsUpNobody() {
        scene.later(TURN);
        ObjectName[] stuck = {null};
        scene.before(operation -> {
            if (stuck[0] == null) {
                stuck[0] = operation.name();
            }
            return operation.name().equals(stuck[0])
                    ? Optional.of(new StoreException(StoreException.Kind.FAILED, "bad cable"))
                    : Optional.empty();
        });
        assertThat(steps()).isEqualTo((int) scene.objects(A));
        assertThat(damaged()).isZero();
        scene.before(_ -> Optional.empty());
        assertThat(steps()).as("the one that was passed over").isEqualTo(1);
    }

    private long damaged() {
        var standing = scene.see(tables -> tables.damage().standing(A));
        return standing.badBlocks() + standing.lostObjects();
    }

    @Test
    void restsAreAsLongAsThePaceAllows() {
        scene.later(TURN);
        Duration rest = step();
        assertThat(rest).isGreaterThanOrEqualTo(Duration.ofMillis(100)).isLessThan(IDLE);
    }

    @Test
    void whatItFindsIsCounted() {
        scene.later(TURN);
        for (ObjectName name : scene.store(A).objects()) {
            if (name.value().startsWith("segments/")) {
                scene.store(A).corrupt(name, 3);
            } else if (name.value().startsWith("manifests/")) {
                scene.store(A).corrupt(name, 300);
            }
        }
        steps();
        assertThat(damaged()).isEqualTo(scene.objects(A));
    }

    @Test
    void aStoreThatIsGoneIsLeftAlone() {
        scene.later(TURN);
        scene.regionOf(A).health().broken("unmounted");
        assertThat(step()).isEqualTo(IDLE);
        assertThat(read).isEmpty();
    }

    @Test
    void theOldestCheckIsKnown() {
        var before = scene.see(tables -> tables.damage().standing(A).oldestCheck()).orElseThrow();
        scene.later(TURN);
        steps();
        var after = scene.see(tables -> tables.damage().standing(A).oldestCheck()).orElseThrow();
        assertThat(after).isAfterOrEqualTo(before.plus(TURN));
    }
}
