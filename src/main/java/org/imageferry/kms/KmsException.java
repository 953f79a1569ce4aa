package org.imageferry.kms;

/// A key service could not, or would not, do what it was asked.
public final class KmsException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// Why, and whether asking again can help.
    public enum Kind {
        /// There is no such key for this account in this region; or not any more.
        NOT_FOUND,
        /// The key is disabled: once it is enabled again, all is as before.
        DISABLED,
        /// The key waits for its deletion.
        PENDING_DELETION,
        /// The image service may not use the key.
        NOT_GRANTED,
        /// What should be unwrapped was not wrapped by this key for this scope, or was changed.
        NOT_WRAPPED_BY_IT,
        /// The service can't be reached: asking again later may help.
        UNAVAILABLE
    }

    /// @param message what was tried on which key, why it failed, what to do next; no key, no bytes of one
    public KmsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
