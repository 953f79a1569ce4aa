package org.imageferry.domain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiPredicate;

/// The tags of an image or a snapshot: at most 20, in the order they were given.
///
/// A key has 1 to 128 characters and does not start with `acs:` or `aliyun`; a value has at most 128
/// and does not start with `acs:`; neither holds `http://` or `https://`. Source: ECS API 2014-05-26,
/// CopyImage, Tag.N.Key and Tag.N.Value.
public record Tags(Map<String, String> all) {
    public static final int MOST = 20;
    private static final int MOST_CHARS = 128;
    public static final Tags NONE = new Tags(Map.of());

    public Tags {
        all = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(all));
        if (all.size() > MOST) {
            throw new RefusedException(new Refusal.TooManyTags(all.size()));
        }
        all.forEach(Tags::check);
    }

    /// These and `more`, which replace those of the same keys in their places.
    ///
    /// @throws RefusedException `TooManyTags`
    public Tags and(Tags more) {
        Map<String, String> both = new LinkedHashMap<>(all);
        both.putAll(more.all);
        return new Tags(both);
    }

    /// Those that stay when some leave.
    ///
    /// @param leaves whether the tag of this key and value goes
    public Tags without(BiPredicate<String, String> leaves) {
        Map<String, String> rest = new LinkedHashMap<>(all);
        rest.entrySet().removeIf(tag -> leaves.test(tag.getKey(), tag.getValue()));
        return new Tags(rest);
    }

    private static void check(String key, String value) {
        if (key.isEmpty()
                || key.length() > MOST_CHARS
                || key.startsWith("acs:")
                || key.startsWith("aliyun")
                || Texts.holdsAddress(key)) {
            throw new RefusedException(new Refusal.Malformed("TagKey", key));
        }
        if (value.length() > MOST_CHARS || value.startsWith("acs:") || Texts.holdsAddress(value)) {
            throw new RefusedException(new Refusal.Malformed("TagValue", value));
        }
    }
}
