package org.imageferry.cli;

import java.io.IOException;

/// A server that runs in this process.
public interface Running {
    /// Where it answers, such as `http://127.0.0.1:8440`.
    String endpoint();

    /// Ends it gracefully: requests under way are answered, parts under way are given up. Returns when
    /// it is over; a second call does nothing.
    void stop();

    /// Waits until it was stopped.
    ///
    /// @throws IOException if it ended by itself; the message says why and what to do
    void awaitStop() throws IOException;
}
