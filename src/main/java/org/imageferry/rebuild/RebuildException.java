package org.imageferry.rebuild;

/// The stores don't make a catalog. The message says why, and what to do.
public final class RebuildException extends Exception {
    private static final long serialVersionUID = 1;

    RebuildException(String message) {
        super(message);
    }
}
