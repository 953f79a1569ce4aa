package org.imageferry.store.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The files of an upload: hidden, beside the object that they become.
///
/// Whoever calls holds the lock of the object.
///
/// @param data the object's bytes, as long as the object from the start, with holes where nothing
///     arrived
/// @param log what has arrived, see [ExtentLog]; there is none unless the upload can be resumed
record UploadFiles(Path object, Path data, Path log) {
    private static final String DATA = ".upload";
    private static final String LOG = ".extents";

    static UploadFiles of(Path object) {
        String hidden = "." + object.getFileName();
        return new UploadFiles(
                object, object.resolveSibling(hidden + DATA), object.resolveSibling(hidden + LOG));
    }

    /// @return the upload that `file` is a part of, if it is one
    static Optional<UploadFiles> ofPart(Path file) {
        String name = String.valueOf(file.getFileName());
        return Stream.of(DATA, LOG)
                .filter(end -> name.startsWith(".") && name.endsWith(end))
                .map(end -> name.substring(1, Math.max(1, name.length() - end.length())))
                .filter(object -> !object.isEmpty())
                .map(object -> of(file.resolveSibling(object)))
                .findFirst();
    }

    /// Makes the data file, all hole.
    void begin(long length) throws IOException {
        discard();
        FileChannel.open(
                        data,
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SPARSE)
                .close();
        try (RandomAccessFile file = new RandomAccessFile(data.toFile(), "rw")) {
            file.setLength(length);
            file.getChannel().force(true);
        } catch (IOException e) {
            discard();
            throw e;
        }
    }

    /// Gives the object its name, in place of what had it.
    void publish() throws IOException {
        Files.move(data, object, StandardCopyOption.ATOMIC_MOVE);
        Folders.force(Folders.parent(object));
        Files.deleteIfExists(log); // last: as long as the data has its old name it is needed
    }

    /// @return whether there was anything
    boolean discard() throws IOException {
        boolean dataThere = Files.deleteIfExists(data);
        boolean logThere = Files.deleteIfExists(log);
        return dataThere || logThere;
    }

    /// @return when something was added last, if there is an upload
    Optional<Instant> touched() throws IOException {
        List<Instant> times = new ArrayList<>();
        for (Path file : List.of(data, log)) {
            time(file).ifPresent(times::add);
        }
        return times.stream().max(Comparator.naturalOrder());
    }

    private static Optional<Instant> time(Path file) throws IOException {
        try {
            return Optional.of(
                    Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
