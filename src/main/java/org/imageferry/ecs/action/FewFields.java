package org.imageferry.ecs.action;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The fields of one object in an answer, in the order in which they came; none is ever taken out.
///
/// They are a chain, which takes a third of the memory of a hash map: an answer is made of many such
/// objects and forgotten at once. To find a name the chain is walked, for an object has a few dozen
/// fields at most, which our code names.
final class FewFields extends AbstractMap<String, JsonNode> {
    private @Nullable Field first;
    private @Nullable Field last;
    private int size;

    private static final class Field implements Map.Entry<String, JsonNode> {
        private final String name;
        private final int hash; // tells names apart without a look at their letters
        private JsonNode value;
        private @Nullable Field next;

        Field(String name, JsonNode value) {
            this.name = name;
            this.hash = name.hashCode();
            this.value = value;
        }

        @Override
        public String getKey() {
            return name;
        }

        @Override
        public JsonNode getValue() {
            return value;
        }

        @Override
        public JsonNode setValue(JsonNode next) {
            JsonNode before = value;
            value = next;
            return before;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Map.Entry<?, ?> entry
                    && name.equals(entry.getKey())
                    && value.equals(entry.getValue());
        }

        @Override
        public int hashCode() {
            return hash ^ Objects.hashCode(value);
        }
    }

    private @Nullable Field find(@Nullable Object name) {
        int hash = Objects.hashCode(name);
        Field field = first;
        while (field != null && (field.hash != hash || !field.name.equals(name))) {
            field = field.next;
        }
        return field;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return find(name) != null;
    }

    @Override
    public @Nullable JsonNode get(@Nullable Object name) {
        Field field = find(name);
        return field == null ? null : field.value;
    }

    @Override
    public @Nullable JsonNode put(String name, JsonNode value) {
        Field known = find(name);
        if (known != null) {
            return known.setValue(value);
        }
        Field added = new Field(name, value);
        if (last == null) {
            first = added;
        } else {
            last.next = added;
        }
        last = added;
        size++;
        return null;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public Set<Map.Entry<String, JsonNode>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, JsonNode>> iterator() {
                return new Walk(first);
            }

            @Override
            public int size() {
                return size;
            }
        };
    }

    private static final class Walk implements Iterator<Map.Entry<String, JsonNode>> {
        private @Nullable Field next;

        Walk(@Nullable Field first) {
            this.next = first;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Map.Entry<String, JsonNode> next() {
            Field field = next;
            if (field == null) {
                throw new NoSuchElementException();
            }
            next = field.next;
            return field;
        }
    }
}
