package org.imageferry.ecs.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

class FewFieldsTest {
    private final FewFields fields = new FewFields();
    private final Map<String, JsonNode> usual = new LinkedHashMap<>();

    private void put(String name, int value) {
        JsonNode node = JsonNodeFactory.instance.numberNode(value);
        assertThat(fields.put(name, node)).isEqualTo(usual.put(name, node));
    }

    @Test
    void theyAreAsInAnyMapThatKeepsItsOrder() {
        put("second", 2);
        put("first", 1);
        put("AaAa", 3);
        put("BBBB", 4); // has the hash of the one before
        put("second", 5);
        assertThat(fields).isEqualTo(usual).hasSameHashCodeAs(usual);
        assertThat(fields.keySet()).containsExactly("second", "first", "AaAa", "BBBB");
        assertThat(fields.get("BBBB")).isEqualTo(usual.get("BBBB"));
        assertThat(fields).containsKey("AaAa").doesNotContainKey("third").hasSize(4);
    }

    @Test
    void withoutAnyThereIsNothingToFind() {
        assertThat(fields).isEmpty();
        assertThat(fields.get("first")).isNull();
        Iterator<?> none = fields.entrySet().iterator();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
    }

    @Test
    void aTreeOfThemIsEqualToOneOfOthers() {
        var tree = Trees.tree().put("a", 1);
        tree.putObject("b").put("c", "d");
        var other = JsonNodeFactory.instance.objectNode().put("a", 1);
        other.putObject("b").put("c", "d");
        assertThat(tree).isEqualTo(other).hasToString(other.toString());
    }
}
