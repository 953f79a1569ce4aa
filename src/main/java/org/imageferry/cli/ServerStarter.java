package org.imageferry.cli;

import java.io.IOException;

/// Starts a server in this process. Supplied by who knows the server; commands don't.
@FunctionalInterface
public interface ServerStarter {
    /// Returns when the server answers, and its data folder has an account whose access key is the one
    /// of the environment or of the folder's `credentials` file.
    ///
    /// @throws IOException if it can't start; the message says why and what to do
    Running start(ServeOptions options) throws IOException;
}
