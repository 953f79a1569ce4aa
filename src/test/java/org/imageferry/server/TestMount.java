package org.imageferry.server;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A small file system in memory, to be filled to the brim. Takes the right to mount.
record TestMount(Path folder) implements AutoCloseable {
    /// Skips the test, and says so, where nobody lets us mount.
    ///
    /// @param folder is made if it is missing
    static TestMount make(Path folder, int mib) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        String trouble = run("mount", "-t", "tmpfs", "-o", size(mib), "tmpfs", folder.toString());
        if (!trouble.isEmpty()) {
            System.err.println("SKIPPED: no full disk is tested, for that needs root: " + trouble);
            abort("can't mount a file system: " + trouble);
        }
        return new TestMount(folder);
    }

    void resize(int mib) throws IOException, InterruptedException {
        remount(size(mib));
    }

    void readOnly(boolean readOnly) throws IOException, InterruptedException {
        remount(readOnly ? "ro" : "rw");
    }

    private void remount(String options) throws IOException, InterruptedException {
        require("mount", "-o", "remount," + options, folder.toString());
    }

    private static String size(int mib) {
        return "size=" + mib + "m";
    }

    /// Unmounts, though somebody may still have a file open there.
    @Override
    public void close() throws IOException, InterruptedException {
        require("umount", "--lazy", folder.toString());
    }

    private static void require(String... command) throws IOException, InterruptedException {
        String trouble = run(command);
        if (!trouble.isEmpty()) {
            throw new IOException(trouble);
        }
    }

    /// @return empty, or why it failed
    private static String run(String... command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.isBlank() ? words + " failed" : said.strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage()); // there is no such command here
        }
    }
}
