package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberSetTest {
    /// As small numbers, which crowd the first slots, as numbers of which all end alike, and evenly spread.
    @ParameterizedTest
    @ValueSource(longs = {0xfff, 0xfff000, -1})
    void itHoldsWhatASetOfTheLibraryHolds(long bits) {
        Random random = new Random(bits);
        NumberSet numbers = new NumberSet();
        Set<Long> expected = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            long number = random.nextLong() & bits;
            assertThat(numbers.contains(number)).isEqualTo(expected.contains(number));
            assertThat(numbers.add(number)).isEqualTo(expected.add(number));
            assertThat(numbers.size()).isEqualTo(expected.size());
        }
        for (long number : expected) {
            assertThat(numbers.contains(number)).isTrue();
            assertThat(numbers.contains(~number)).isEqualTo(expected.contains(~number));
        }
    }
}
