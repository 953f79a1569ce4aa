package org.imageferry.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TagsTest {
    private static final Tags TWO = tags("app", "web", "zone", "b");

    private static Tags tags(String... both) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < both.length; i += 2) {
            all.put(both[i], both[i + 1]);
        }
        return new Tags(all);
    }

    private static Tags many(String prefix, int count) {
        Map<String, String> all = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            all.put(prefix + i, "");
        }
        return new Tags(all);
    }

    @Test
    void aNewValueStandsWhereTheOldOneStood() {
        assertThat(TWO.and(tags("os", "", "app", "db")).all())
                .containsExactly(
                        Map.entry("app", "db"), Map.entry("zone", "b"), Map.entry("os", ""));
    }

    @Test
    void twentyTagsAreTheMostAlsoTogether() {
        assertThat(many("a", 15).and(many("b", 5)).all()).hasSize(20);
        assertThat(many("a", 20).and(many("a", 5)).all()).hasSize(20);
        assertThatThrownBy(() -> many("a", 15).and(many("b", 6)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal()).isEqualTo(new Refusal.TooManyTags(21)));
    }

    @Test
    void onlyWhatLeavesIsGone() {
        assertThat(TWO.without((key, value) -> key.equals("app") && value.equals("db")))
                .isEqualTo(TWO);
        assertThat(TWO.without((key, _) -> key.equals("app")).all())
                .containsExactly(Map.entry("zone", "b"));
    }
}
