package org.imageferry.catalog;

/// The catalog could not be read or written. The message says why and what to do.
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final boolean outcomeUnknown;

    public CatalogException(String message) {
        super(message);
        this.outcomeUnknown = false;
    }

    public CatalogException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private CatalogException(String message, Throwable cause, boolean outcomeUnknown) {
        super(message, cause);
        this.outcomeUnknown = outcomeUnknown;
    }

    /// The catalog was lost in the very moment of a commit, and can't be asked what became of it.
    public static CatalogException ofUnknownOutcome(String message, Throwable cause) {
        return new CatalogException(message, cause, true);
    }

    /// Whether the change may have been made all the same. If not, nothing was changed for certain.
    public boolean outcomeUnknown() {
        return outcomeUnknown;
    }
}
