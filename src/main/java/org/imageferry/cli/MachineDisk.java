package org.imageferry.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The best disk that this machine has to offer: a file system if it can make one, else a plain one.
final class MachineDisk implements DemoDisk {
    private final Surroundings surroundings;
    private final long diskBytes;
    private final long contentBytes;
    private DemoDisk chosen;

    MachineDisk(Surroundings surroundings, long diskBytes, long contentBytes) {
        this.surroundings = surroundings;
        this.diskBytes = diskBytes;
        this.contentBytes = contentBytes;
        this.chosen = new PlainDisk(diskBytes, contentBytes);
    }

    @Override
    public Made first(Path folder) throws IOException {
        Optional<DemoDisk> fileSystem = FileSystemDisk.of(surroundings, diskBytes, contentBytes);
        if (fileSystem.isPresent()) {
            try {
                Made made = fileSystem.get().first(folder);
                chosen = fileSystem.get();
                return made;
            } catch (IOException _) {
                // some mke2fs can't fill a file system; the plain disk shows as much
                Files.deleteIfExists(folder.resolve(FIRST));
            }
        }
        return chosen.first(folder);
    }

    @Override
    public Made next(Path folder, Made first) throws IOException {
        return chosen.next(folder, first);
    }
}
