package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.Test;

interface NodesContract extends CatalogFixture {
    Duration BEAT = Duration.ofSeconds(5);
    Duration LENGTH = Duration.ofMinutes(1);

    private void join(String name) {
        change(tables -> tables.nodes().join(name, "host-1", "1.2.3", BEAT));
    }

    private Nodes.Node node(String name) {
        return row(tables -> tables.nodes().find(name)).orElseThrow();
    }

    private boolean lost(String name) {
        return is(tables -> tables.nodes().find(name).orElseThrow().lost(tables.now()));
    }

    private boolean drain(String name, boolean draining) {
        return catalog().write(tables -> tables.nodes().drain(name, draining));
    }

    private boolean take(String node, RegionId region, Nodes.Duty duty) {
        return catalog().write(tables -> tables.nodes().take(region, duty, node, LENGTH));
    }

    @Test
    default void aNodeIsLostWhenItIsSilentForMoreThanThreeBeats() {
        join("n1");
        join("n2");
        clock().advance(BEAT.multipliedBy(3));
        assertThat(lost("n1")).isFalse();
        change(tables -> tables.nodes().beat("n2"));
        clock().advance(BEAT);
        assertThat(lost("n1")).isTrue();
        assertThat(lost("n2")).isFalse();
        assertThat(node("n2").since()).isEqualTo(node("n1").since());
        assertThat(node("n1").host()).isEqualTo("host-1");
        assertThat(node("n1").version()).isEqualTo("1.2.3");
    }

    @Test
    default void aNodeDrainsUntilItIsTakenBackOrStartsAgain() {
        join("n1");
        assertThat(drain("n1", true)).isTrue();
        assertThat(node("n1").draining()).isTrue();
        drain("n1", false);
        assertThat(node("n1").draining()).isFalse();
        drain("n1", true);
        join("n1");
        assertThat(node("n1").draining()).isFalse();
        assertThat(drain("n2", true)).isFalse();
    }

    @Test
    default void whoLeavesOrIsLongGoneIsForgotten() {
        join("n1");
        join("n2");
        change(tables -> tables.nodes().leave("n1"));
        assertThat(rows(tables -> tables.nodes().all()))
                .extracting(Nodes.Node::name)
                .containsExactly("n2");
        clock().advance(Duration.ofDays(8));
        join("n3");
        assertThat(rows(tables -> tables.nodes().all()))
                .extracting(Nodes.Node::name)
                .containsExactly("n3");
    }

    @Test
    default void aDutyIsOneNodesUntilItsTimeIsOver() {
        scenes();
        assertThat(take("n1", HANGZHOU, Nodes.Duty.COLLECT)).isTrue();
        assertThat(take("n2", HANGZHOU, Nodes.Duty.COLLECT)).isFalse();
        assertThat(take("n2", HANGZHOU, Nodes.Duty.SCRUB)).isTrue();
        assertThat(take("n2", SHANGHAI, Nodes.Duty.COLLECT)).isTrue();
        clock().advance(LENGTH.minusSeconds(1));
        assertThat(take("n1", HANGZHOU, Nodes.Duty.COLLECT)).isTrue();
        clock().advance(Duration.ofSeconds(1));
        assertThat(take("n1", HANGZHOU, Nodes.Duty.SCRUB)).isTrue();
        assertThat(take("n2", HANGZHOU, Nodes.Duty.COLLECT)).isFalse();
        clock().advance(LENGTH);
        assertThat(take("n2", HANGZHOU, Nodes.Duty.COLLECT)).isTrue();
    }

    @Test
    default void aDutyIsHadForSureInItsFirstHalf() {
        scenes();
        take("n1", HANGZHOU, Nodes.Duty.HEAL);
        assertThat(has("n1")).isTrue();
        assertThat(has("n2")).isFalse();
        clock().advance(LENGTH.dividedBy(2));
        assertThat(has("n1")).isFalse();
    }

    private boolean has(String node) {
        return is(tables -> tables.nodes().has(HANGZHOU, Nodes.Duty.HEAL, node, LENGTH));
    }

    @Test
    default void whoLeavesLeavesItsDutiesToOthers() {
        scenes();
        take("n1", HANGZHOU, Nodes.Duty.RECORD);
        change(tables -> tables.nodes().leave("n1"));
        assertThat(take("n2", HANGZHOU, Nodes.Duty.RECORD)).isTrue();
    }

    @Test
    default void whatIsClaimedIsToldWithHowFarItHasCome() {
        Task task =
                scenes().start(
                                scenes().copy(
                                                scenes().image(scenes().account(), HANGZHOU),
                                                SHANGHAI),
                                0);
        change(tables -> {
            SnapshotId snapshot =
                    CatalogScenes.disk(tables.images().find(task.itsImage()).orElseThrow(), 0);
            List<Claims.Offer> offers =
                    List.of(
                            new Claims.Offer(0, Optional.empty(), 100),
                            new Claims.Offer(1, Optional.empty(), 100));
            tables.claims().offer(task.id(), snapshot, offers);
            long claim =
                    tables.claims()
                            .claimPart(task.id(), "n1", tables.now().plus(LENGTH))
                            .orElseThrow()
                            .claim();
            tables.claims().renew(claim, tables.now().plus(LENGTH), 30);
        });
        Instant until = catalog().read(Tables::now).plus(LENGTH);
        assertThat(rows(tables -> tables.nodes().held(10)))
                .containsExactly(
                        new Nodes.Held(
                                "n1",
                                task.id(),
                                Work.Action.CopyImage,
                                SHANGHAI,
                                task.itsImage().value(),
                                Optional.of(0),
                                30,
                                100,
                                until));
        clock().advance(LENGTH);
        assertThat(rows(tables -> tables.nodes().held(10))).isEmpty();
    }
}
