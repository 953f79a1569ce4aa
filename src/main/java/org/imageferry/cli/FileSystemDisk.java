package org.imageferry.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A disk with an ext4 file system full of this machine's files, made by `mke2fs -d` (mke2fs(8)), which
/// needs no privileges. Its next generation is made from scratch of a few changed files.
final class FileSystemDisk implements DemoDisk {
    private static final List<Path> TOOLS =
            List.of(
                    Path.of("/sbin/mke2fs"),
                    Path.of("/usr/sbin/mke2fs"),
                    Path.of("/usr/bin/mke2fs"),
                    Path.of("/opt/homebrew/opt/e2fsprogs/sbin/mke2fs"));
    private static final List<Path> SOURCES =
            List.of(Path.of("/usr/bin"), Path.of("/usr/lib"), Path.of("/usr/share"));

    /// The same for both generations, as it is for those who build images reproducibly: checksums and the
    /// order of directories hang on it, so with another every directory would be new.
    private static final String UUID = "6a6d6167-6566-4572-8279-64656d6f0001";

    private static final int CHANGED = 20;
    private static final int ADDED = 5;
    private static final long MOST_MINUTES = 5;

    private final Surroundings surroundings;
    private final Path tool;
    private final List<Path> files;
    private final long diskBytes;

    private FileSystemDisk(Surroundings surroundings, Path tool, List<Path> files, long diskBytes) {
        this.surroundings = surroundings;
        this.tool = tool;
        this.files = files;
        this.diskBytes = diskBytes;
    }

    /// @return nothing if this machine lacks the tool or has no files to speak of
    static Optional<DemoDisk> of(Surroundings surroundings, long diskBytes, long contentBytes)
            throws IOException {
        Optional<Path> tool = TOOLS.stream().filter(Files::isExecutable).findFirst();
        List<Path> files = RealFiles.below(SOURCES, contentBytes);
        return tool.filter(_ -> files.size() > CHANGED + ADDED)
                .map(found -> new FileSystemDisk(surroundings, found, files, diskBytes));
    }

    @Override
    public Made first(Path folder) throws IOException {
        Path tree = folder.resolve("tree");
        List<Path> kept = files.subList(0, files.size() - ADDED);
        for (Path file : kept) {
            copy(file, tree);
        }
        Path disk = make(tree, folder.resolve(FIRST));
        return new Made(
                disk, "an ext4 file system with %d files of this machine".formatted(kept.size()));
    }

    @Override
    public Made next(Path folder, Made first) throws IOException {
        Path tree = folder.resolve("tree");
        List<Path> old;
        try (Stream<Path> walk = Files.walk(tree)) {
            old = new ArrayList<>(walk.filter(Files::isRegularFile).sorted().toList());
        }
        int step = old.size() / CHANGED;
        for (int number = 0; number < CHANGED; number++) {
            Files.writeString(
                    old.get(number * step),
                    "changed in generation 2\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
        for (Path file : files.subList(files.size() - ADDED, files.size())) {
            copy(file, tree);
        }
        Path disk = make(tree, folder.resolve(NEXT));
        return new Made(
                disk,
                "made from scratch again, with %d files changed and %d added"
                        .formatted(CHANGED, ADDED));
    }

    private void copy(Path file, Path tree) throws IOException {
        surroundings.stopIfInterrupted();
        Path copy = tree.resolve(file.toString().substring(1));
        Files.createDirectories(copy.getParent());
        Files.write(copy, Files.readAllBytes(file));
    }

    private Path make(Path tree, Path disk) throws IOException {
        Path said = disk.resolveSibling("mke2fs.txt");
        Process process =
                new ProcessBuilder(
                                tool.toString(),
                                "-q",
                                "-F",
                                "-t",
                                "ext4",
                                "-U",
                                UUID,
                                "-E",
                                "hash_seed=" + UUID,
                                "-d",
                                tree.toString(),
                                disk.toString(),
                                (diskBytes >> 10) + "k")
                        .redirectErrorStream(true)
                        .redirectOutput(said.toFile())
                        .start();
        try {
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(tool + " did not end within " + MOST_MINUTES + " minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedCommand();
        }
        if (process.exitValue() != 0) {
            throw new IOException(tool + " failed: " + Files.readString(said).strip());
        }
        return disk;
    }
}
