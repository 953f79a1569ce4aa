package org.imageferry.blocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.imageferry.domain.ObjectId;
import org.imageferry.store.ObjectName;
import org.junit.jupiter.api.Test;

class StoreLayoutTest {
    @Test
    void objectsAreCalledAsThePageOfTheFormatSays() {
        assertThat(StoreLayout.segment(TestData.SEGMENT))
                .hasToString("segments/3f/3f0102030405060708090a0b0c0d0e0f");
        assertThat(StoreLayout.manifest(TestData.SEGMENT))
                .hasToString("manifests/3f/3f0102030405060708090a0b0c0d0e0f");
        assertThat(StoreLayout.record(12345)).hasToString("records/000012/000000012345");
        assertThat(StoreLayout.generation(5)).hasToString("generations/0000000005");
        assertThat(StoreLayout.installation()).hasToString("installation");
    }

    @Test
    void namesLeadBack() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            ObjectId id = TestData.id(random);
            long number = random.nextLong(1_000_000_000_000L) >> random.nextInt(30);
            assertThat(StoreLayout.segmentId(StoreLayout.segment(id))).contains(id);
            assertThat(StoreLayout.manifestId(StoreLayout.manifest(id))).contains(id);
            assertThat(StoreLayout.recordSequence(StoreLayout.record(number))).hasValue(number);
            assertThat(StoreLayout.generationNumber(StoreLayout.generation(number)))
                    .hasValue(number);
        }
    }

    @Test
    void otherNamesLeadNowhere() {
        assertThat(StoreLayout.manifestId(StoreLayout.segment(TestData.SEGMENT))).isEmpty();
        assertThat(StoreLayout.segmentId(new ObjectName("segments/3f/x"))).isEmpty();
        assertThat(
                        StoreLayout.segmentId(
                                new ObjectName("segments/40/3f0102030405060708090a0b0c0d0e0f")))
                .isEmpty();
        assertThat(StoreLayout.recordSequence(new ObjectName("records/000011/000000012345")))
                .isEmpty();
        assertThat(StoreLayout.recordSequence(new ObjectName("records/000012/12345"))).isEmpty();
        assertThat(
                        StoreLayout.recordSequence(
                                new ObjectName("records/000012/99999999999999999999999")))
                .isEmpty();
        assertThat(StoreLayout.generationNumber(new ObjectName("generations/5"))).isEmpty();
        assertThat(StoreLayout.generationNumber(StoreLayout.installation())).isEmpty();
    }

    @Test
    void thereAreNoNegativeNumbers() {
        assertThatThrownBy(() -> StoreLayout.record(-1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StoreLayout.generation(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
