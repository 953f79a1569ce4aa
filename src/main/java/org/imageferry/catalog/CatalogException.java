package org.imageferry.catalog;

/// The catalog could not be read or written. The message says why and what to do.
public final class CatalogException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CatalogException(String message) {
        super(message);
    }

    public CatalogException(String message, Throwable cause) {
        super(message, cause);
    }
}
