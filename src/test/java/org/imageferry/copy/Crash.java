package org.imageferry.copy;

/// The process is gone: thrown into whatever one of its actors does. An error, because the engine
/// must not be able to handle it; what it does on the way out no longer reaches any port.
final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
        super("the process was killed", null, false, false);
    }
}
