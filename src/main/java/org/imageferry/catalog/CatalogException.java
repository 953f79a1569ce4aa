package org.imageferry.catalog;

/// The catalog could not be read or written. The message says why and what to do.
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private enum Extent {
        /// Nothing was changed.
        NOTHING,
        /// The change may have been made, or not.
        UNKNOWN,
        /// Nothing was changed, and nothing will be.
        FOR_GOOD
    }

    private final Extent extent;

    public CatalogException(String message) {
        super(message);
        this.extent = Extent.NOTHING;
    }

    public CatalogException(String message, Throwable cause) {
        this(message, cause, Extent.NOTHING);
    }

    private CatalogException(String message, Throwable cause, Extent extent) {
        super(message, cause);
        this.extent = extent;
    }

    /// The catalog was lost in the very moment of a commit, and can't be asked what became of it.
    public static CatalogException ofUnknownOutcome(String message, Throwable cause) {
        return new CatalogException(message, cause, Extent.UNKNOWN);
    }

    /// Somebody had the catalog for himself while this process was cut off from it: what the process knows
    /// of it may be wrong, so it is not let in any more.
    public static CatalogException ofReplaced(String message, Throwable cause) {
        return new CatalogException(message, cause, Extent.FOR_GOOD);
    }

    /// Whether the change may have been made all the same. If not, nothing was changed for certain.
    public boolean outcomeUnknown() {
        return extent == Extent.UNKNOWN;
    }

    /// Whether only a new start helps.
    public boolean replaced() {
        return extent == Extent.FOR_GOOD;
    }
}
