package org.imageferry.settings;

/// The server can't start as it was asked to. The message says why, and what to do about it, to the
/// person who started it; a stack trace would add nothing.
public final class StartException extends Exception {
    private static final long serialVersionUID = 1;

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
