package org.imageferry.store;

/// A store could not do what it was asked. The message names the store, the object and the reason.
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1;

    /// What went wrong, and so whether asking again can help.
    public enum Kind {
        /// There is no such object. The store itself is there.
        MISSING,
        /// The name is taken by other bytes.
        EXISTS,
        /// No space is left, or less than the reserve.
        FULL,
        /// The store is gone, not reachable or does not let us in.
        UNAVAILABLE,
        /// The bytes are not what was once written.
        DAMAGED,
        /// Any other fault.
        FAILED
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
