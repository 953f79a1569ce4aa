package org.imageferry.blocks;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a store says about itself, as JSON. Always the same bytes for the same identity, so that to
/// write it again is no change.
final class IdentityJson {
    /// Of the store as a whole. Whoever first writes anything that a program of this version can't
    /// read raises it before.
    static final int FORMAT = 1;

    private static final Map<String, Integer> BLOCK_PARAMETERS =
            Map.of(
                    "pageBytes", PageCutter.PAGE_BYTES,
                    "leastPages", PageCutter.LEAST_PAGES,
                    "mostPages", PageCutter.MOST_PAGES,
                    "maskBits", PageCutter.MASK_BITS,
                    "maskShift", PageCutter.MASK_SHIFT);
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private IdentityJson() {}

    static byte[] of(StoreIdentity identity) {
        ObjectNode root = JSON.createObjectNode();
        root.put("format", FORMAT);
        root.put("installation", identity.installation());
        root.put("region", identity.region().value());
        ObjectNode blocks = root.putObject("blocks");
        BLOCK_PARAMETERS.keySet().stream()
                .sorted()
                .forEach(name -> blocks.put(name, BLOCK_PARAMETERS.get(name)));
        return (root + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static StoreIdentity parse(byte[] bytes) throws DamagedException {
        Inspection object = new Inspection(StoreLayout.installation().value());
        JsonNode root = tree(bytes, object);
        int format = root.path("format").asInt(0);
        object.require(
                format <= FORMAT,
                "the store has format "
                        + format
                        + ", this program knows up to "
                        + FORMAT
                        + ": use a newer imageferry");
        object.require(format == FORMAT, "it says no format version");
        for (Map.Entry<String, Integer> parameter : BLOCK_PARAMETERS.entrySet()) {
            JsonNode value = root.path("blocks").path(parameter.getKey());
            object.require(
                    value.asInt(0) == parameter.getValue(),
                    "its " + parameter.getKey() + " is not " + parameter.getValue());
        }
        return identity(root.path("installation").asString(""), root.path("region").asString(""));
    }

    private static JsonNode tree(byte[] bytes, Inspection object) throws DamagedException {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException e) {
            throw new DamagedException(object.what(), "it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static StoreIdentity identity(String installation, String region)
            throws DamagedException {
        try {
            return new StoreIdentity(installation, new RegionId(region));
        } catch (IllegalArgumentException | RefusedException e) {
            throw new DamagedException(
                    StoreLayout.installation().value(), "its installation or region is malformed");
        }
    }
}
