package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.copy.EngineScene.A;

import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.domain.TaskId;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);

    @AfterEach
    void close() {
        scene.close();
    }

    private TaskId runningExport() throws Exception {
        TaskId export = ask.export(ask.image(1), A);
        scene.startTasks(A);
        return export;
    }

    private Lease lease() {
        return WholeTask.claim(scene.shop(), scene.regionOf(A), Work.Action.ExportImage)
                .orElseThrow()
                .lease();
    }

    /// So a part all of whose blocks are there already, and is only read, does not lose its claim.
    @Test
    void workThatWritesNothingKeepsItsClaimToo() throws Exception {
        TaskId export = runningExport();
        Lease lease = lease();
        lease.advance(100);
        lease.worked(SegmentBuilder.SEGMENT_BYTES - 1);
        assertThat(scene.task(export).progress().done()).isZero();
        scene.later(Leases.USUAL.minusSeconds(1));
        lease.worked(1);
        assertThat(scene.task(export).progress().done()).isEqualTo(100);
        scene.later(Leases.USUAL.minusSeconds(1));
        lease.renew();
    }

    @Test
    void aClaimThatRanOutIsLost() throws Exception {
        runningExport();
        Lease lease = lease();
        scene.later(Leases.USUAL);
        assertThatThrownBy(lease::renew).isInstanceOf(ClaimLostException.class);
    }

    @Test
    void whoWorksForACancelledTaskIsToldSoon() throws Exception {
        TaskId export = runningExport();
        Lease lease = lease();
        scene.shop().leases().look(scene.shop().catalog());
        lease.worked(1);
        ask.cancellations().cancel(ask.me(), export);
        lease.worked(1);
        scene.shop().leases().look(scene.shop().catalog());
        assertThatThrownBy(() -> lease.worked(1)).isInstanceOf(ClaimLostException.class);
    }

    @Test
    void whatIsDoneAgainIsNotCountedAgain() throws Exception {
        TaskId export = runningExport();
        Lease lease = lease();
        lease.advance(100);
        lease.renew();
        lease.back(0);
        lease.advance(60);
        lease.renew();
        assertThat(scene.task(export).progress().done()).isEqualTo(100);
        lease.advance(60);
        lease.renew();
        assertThat(scene.task(export).progress().done()).isEqualTo(120);
    }
}
