package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// Rotates the master key of a data folder. Supplied by who knows the server; commands don't.
@FunctionalInterface
public interface MasterKeyRotator {
    /// What was wrapped anew: the secrets of so many access keys, and so many keys of the key service.
    record Rewrapped(int accessKeys, int keys) {}

    /// Returns when the new key is in place of the old one, which opens nothing any more.
    ///
    /// @param config the server's configuration file, which says where the catalog is
    /// @throws IOException if it can't; the message says why and what to do
    Rewrapped rotate(Path data, Optional<Path> config) throws IOException;
}
