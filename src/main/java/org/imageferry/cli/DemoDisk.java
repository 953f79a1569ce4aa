package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;

/// Where the demo's disk image comes from.
interface DemoDisk {
    String FIRST = "generation-1.raw";
    String NEXT = "generation-2.raw";

    /// A disk image, and what it is, in a few words.
    record Made(Path file, String story) {}

    /// @param folder to write into; there is nothing else in it
    Made first(Path folder) throws IOException;

    /// The next generation of that disk: mostly the same, as golden images are.
    Made next(Path folder, Made first) throws IOException;
}
