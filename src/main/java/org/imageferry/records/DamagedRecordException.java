package org.imageferry.records;

/// A record is not one that was ever written, or not as it was.
public final class DamagedRecordException extends Exception {
    private static final long serialVersionUID = 1;

    DamagedRecordException(String reason) {
        super(reason);
    }

    DamagedRecordException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
