package org.imageferry.cli;

import java.nio.file.Path;
import java.util.Optional;

/// How a server is to run.
///
/// @param data the folder that holds everything; made if it is missing
/// @param config a configuration file
/// @param listen `HOST:PORT`; port 0 takes any free one
public record ServeOptions(Path data, Optional<Path> config, String listen) {}
