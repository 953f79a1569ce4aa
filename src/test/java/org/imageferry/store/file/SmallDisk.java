package org.imageferry.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A disk of a few MiB in memory, where the system lets us mount one.
///
/// Source: mount(8), "tmpfs".
record SmallDisk(Path path) implements AutoCloseable {
    static Optional<SmallDisk> mount(Path path, int mebibytes) throws IOException {
        Files.createDirectories(path);
        String size = "size=" + mebibytes + "m";
        boolean mounted = run("mount", "-t", "tmpfs", "-o", size, "imageferry", path.toString());
        return mounted ? Optional.of(new SmallDisk(path)) : Optional.empty();
    }

    void makeReadOnly() throws IOException {
        if (!run("mount", "-o", "remount,ro", path.toString())) {
            throw new IOException("cannot mount " + path + " read-only");
        }
    }

    /// Takes the disk away, also while files on it are open.
    @Override
    public void close() throws IOException {
        if (!run("umount", "-l", path.toString())) {
            throw new IOException("cannot unmount " + path);
        }
    }

    private static boolean run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }
}
