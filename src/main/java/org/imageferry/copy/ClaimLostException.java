package org.imageferry.copy;

/// The work in hand is no longer ours: cancelled, or overtaken. What was not committed is garbage, and
/// the collector's.
final class ClaimLostException extends Exception {
    private static final long serialVersionUID = 1;

    ClaimLostException(long claim) {
        super("claim " + claim + " is no longer held", null, false, false);
    }
}
