package org.imageferry.domain;

/// What an account may do with keys, and what it wants encrypted.
///
/// @param service whether it lets the image service use the key service at all
/// @param customerKeys whether it may name keys of its own
public record KeySettings(boolean service, boolean customerKeys, Encrypt encrypt) {
    /// Of an account that nobody has changed.
    public static final KeySettings DEFAULTS = new KeySettings(true, true, Encrypt.ASKED);

    /// Which new images of the account are encrypted.
    public enum Encrypt {
        /// Those of which it is asked.
        ASKED,
        /// All.
        DEFAULT,
        /// All, and who asks for a plain one is refused.
        ALWAYS
    }
}
