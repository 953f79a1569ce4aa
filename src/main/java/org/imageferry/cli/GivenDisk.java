package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Path;

/// The user's own disk image, which is only read.
final class GivenDisk implements DemoDisk {
    private final Path file;

    GivenDisk(Path file) {
        this.file = file;
    }

    @Override
    public Made first(Path folder) {
        return new Made(file, "your own");
    }

    @Override
    public Made next(Path folder, Made first) throws IOException {
        return patched(folder, first);
    }

    static Made patched(Path folder, Made first) throws IOException {
        Path disk = folder.resolve(NEXT);
        PatchedCopy.write(first.file(), disk);
        return new Made(
                disk, "a copy with %d pages changed here and there".formatted(PatchedCopy.PATCHES));
    }
}
