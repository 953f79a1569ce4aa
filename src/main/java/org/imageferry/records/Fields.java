package org.imageferry.records;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The fields of a record, or of an object in one. Each asks for what it must be and throws an
/// [IllegalArgumentException] if it is something else; fields that nobody asks for don't matter.
record Fields(JsonNode json) {
    String text(String name) {
        return optional(name).orElseThrow(() -> wrong(name, "missing"));
    }

    /// @param preset what a record says that lacks it
    String text(String name, String preset) {
        return optional(name).orElse(preset);
    }

    Optional<String> optional(String name) {
        return field(name)
                .map(value -> {
                    require(value.isString(), name, "no text");
                    return value.stringValue();
                });
    }

    Instant instant(String name) {
        return Instant.parse(text(name));
    }

    long number(String name) {
        JsonNode value = field(name).orElseThrow(() -> wrong(name, "missing"));
        return number(name, value);
    }

    Optional<Long> optionalNumber(String name) {
        return field(name).map(value -> number(name, value));
    }

    private static long number(String name, JsonNode value) {
        require(value.isIntegralNumber() && value.canConvertToLong(), name, "no whole number");
        return value.longValue();
    }

    /// @param preset what a record says that lacks it
    boolean flag(String name, boolean preset) {
        return field(name)
                .map(value -> {
                    require(value.isBoolean(), name, "neither true nor false");
                    return value.booleanValue();
                })
                .orElse(preset);
    }

    Optional<Fields> object(String name) {
        return field(name)
                .map(value -> {
                    require(value.isObject(), name, "no object");
                    return new Fields(value);
                });
    }

    /// None if the record lacks them.
    List<Fields> objects(String name) {
        List<Fields> all = new ArrayList<>();
        for (JsonNode value : array(name)) {
            require(value.isObject(), name, "no array of objects");
            all.add(new Fields(value));
        }
        return all;
    }

    /// None if the record lacks them.
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (JsonNode value : array(name)) {
            require(value.isString(), name, "no array of texts");
            all.add(value.stringValue());
        }
        return all;
    }

    private List<JsonNode> array(String name) {
        return field(name)
                .map(value -> {
                    require(value.isArray(), name, "no array");
                    return List.copyOf(value.values());
                })
                .orElse(List.of());
    }

    /// In their order; none if the record lacks them.
    Map<String, JsonNode> members(String name) {
        Map<String, JsonNode> all = new LinkedHashMap<>();
        object(name)
                .ifPresent(object ->
                        object.json()
                                .properties()
                                .forEach(member -> all.put(member.getKey(), member.getValue())));
        return all;
    }

    private Optional<JsonNode> field(String name) {
        return json.optional(name);
    }

    static void require(boolean holds, String name, String otherwise) {
        if (!holds) {
            throw wrong(name, otherwise);
        }
    }

    private static IllegalArgumentException wrong(String name, String what) {
        return new IllegalArgumentException("its " + name + " is " + what);
    }
}
