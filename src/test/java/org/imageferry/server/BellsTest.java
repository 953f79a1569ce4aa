package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.Test;

class BellsTest {
    private static final RegionId HERE = new RegionId("cn-hangzhou");
    private static final RegionId THERE = new RegionId("cn-shanghai");

    private final Bells bells = new Bells();

    @Test
    void aChangeRingsForItsRegionAndForWhoeverHearsAll() {
        Bell here = bells.of(HERE);
        Bell there = bells.of(THERE);
        bells.ring(HERE);
        assertThat(here.rings()).isEqualTo(1);
        assertThat(there.rings()).isZero();
        assertThat(bells.ofAll().rings()).isEqualTo(1);
        assertThat(bells.of(HERE)).isSameAs(here);
    }

    @Test
    void whenAllEndEachIsRung() {
        Bell here = bells.of(HERE);
        Bell there = bells.of(THERE);
        bells.ringAll();
        assertThat(here.rings()).isEqualTo(1);
        assertThat(there.rings()).isEqualTo(1);
        assertThat(bells.ofAll().rings()).isEqualTo(1);
    }
}
