package org.imageferry.cli;

import java.nio.file.Path;
import java.util.Optional;

/// How a server is to run.
///
/// @param data the folder that holds everything; made if it is missing
/// @param config a configuration file
/// @param listen `HOST:PORT`; port 0 takes any free one
/// @param plainHttp whether it may speak plain HTTP to other machines
public record ServeOptions(Path data, Optional<Path> config, String listen, boolean plainHttp) {
    /// To this machine only, unless the configuration says otherwise.
    public ServeOptions(Path data, Optional<Path> config, String listen) {
        this(data, config, listen, false);
    }
}
