package org.imageferry.format;

import java.io.IOException;

/// A disk image that can't be taken, now or ever: to read the same bytes again is no use. The message
/// says why and, to a person, what to do.
public final class FormatException extends IOException {
    private static final long serialVersionUID = 1;
    private final String format;

    public FormatException(String format, String reason) {
        super(reason);
        this.format = format;
    }

    /// The format it was declared as, or looks like.
    public String format() {
        return format;
    }
}
