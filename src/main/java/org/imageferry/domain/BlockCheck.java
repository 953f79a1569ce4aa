package org.imageferry.domain;

import java.util.Locale;

/// What a copy checks of each block on its way. Both are SHA-256; names are those of the wire.
public enum BlockCheck {
    /// The stored bytes, against the digest that was taken of them when the block was encoded.
    STORED,

    /// What they decode to, against the digest of the content.
    CONTENT;

    /// @throws RefusedException `Malformed` if the text is neither `stored` nor `content`
    public static BlockCheck of(String text) {
        for (BlockCheck check : values()) {
            if (check.title().equals(text.toLowerCase(Locale.ROOT))) {
                return check;
            }
        }
        throw new RefusedException(new Refusal.Malformed("Check", text));
    }

    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }
}
