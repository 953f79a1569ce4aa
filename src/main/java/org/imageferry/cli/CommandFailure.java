package org.imageferry.cli;

/// A command can't go on, for a reason that is not the server's.
///
/// The message says why, and what to do next; what was tried is said before it.
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Exception cause) {
        super(message, cause);
    }
}
