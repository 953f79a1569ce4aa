package org.imageferry.store.s3;

import java.io.IOException;

/// The object is shorter than what was asked of it.
final class EndsEarlyException extends IOException {
    private static final long serialVersionUID = 1;

    EndsEarlyException(String message) {
        super(message);
    }
}
