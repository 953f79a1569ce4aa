package org.imageferry.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.imageferry.settings.StartException;

/// Says of a folder, by a file in it, that no server may use it as it is.
enum FolderMark {
    /// What `imageferry backup` wrote.
    BACKUP(
            "is a backup: make a data folder of it with `imageferry restore --from FOLDER --data DIR`"),
    /// `imageferry restore` has not come to its end.
    RESTORING("was not restored to the end: give the same `imageferry restore` again"),
    /// `imageferry migrate` has not come to its end.
    MIGRATING("was not migrated to the end: give the same `imageferry migrate` again");

    private final String what;

    FolderMark(String what) {
        this.what = what;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isOn(Path folder) {
        return Files.exists(folder.resolve(file()));
    }

    /// @throws StartException if the folder has any mark
    static void refuseAny(Path folder) throws StartException, IOException {
        for (FolderMark mark : values()) {
            if (mark.isOn(folder)) {
                throw new StartException(folder + " " + mark.what);
            }
        }
    }

    /// Marks the folder, unless it is marked so already.
    ///
    /// @param folder that we have the lock of
    /// @throws StartException if it is in use for something else
    void ensure(Path folder) throws StartException, IOException {
        if (isOn(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            List<String> names =
                    entries.map(entry -> entry.getFileName().toString())
                            .filter(name -> !List.of("lock", "lost+found").contains(name))
                            .toList();
            if (!names.isEmpty()) {
                throw new StartException(
                        "%s is not empty (it has %s): name a new or empty folder"
                                .formatted(folder, names.getFirst()));
            }
        }
        Files.writeString(
                folder.resolve(file()),
                "This folder " + what + "\n",
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.DSYNC);
        force(folder);
    }

    /// Takes the mark off: all is there.
    void remove(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(file()));
        force(folder);
    }

    /// Has the disk keep the names of a folder.
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
