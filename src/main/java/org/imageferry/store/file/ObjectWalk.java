package org.imageferry.store.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Finds the objects of a region store, one folder after the other.
///
/// [Files#walk] won't do: it fails when a file is deleted as it passes.
record ObjectWalk(StoreRoot root, Folders folders, Failures failures) {
    /// @param folder empty for all
    Stream<ObjectName> below(String folder) throws IOException, StoreException {
        Path start = root.path().resolve(folder);
        try {
            folders.require(start);
        } catch (NoSuchFileException e) {
            root.check();
            return Stream.empty();
        }
        return objects(new Entry(folder, start, true));
    }

    private record Entry(String name, Path path, boolean folder) {
        private Entry below(Path path, boolean folder) {
            String piece = Folders.parent(path).relativize(path).toString();
            return new Entry(name.isEmpty() ? piece : name + "/" + piece, path, folder);
        }
    }

    private Stream<ObjectName> objects(Entry folder) throws IOException, StoreException {
        return entries(folder).stream().flatMap(this::objectsOf);
    }

    private Stream<ObjectName> objectsOf(Entry entry) {
        try {
            return entry.folder() ? objects(entry) : Stream.of(new ObjectName(entry.name()));
        } catch (IOException e) {
            throw unchecked(failures.of("list " + entry.name(), e));
        } catch (StoreException e) {
            throw unchecked(e);
        }
    }

    private static UncheckedIOException unchecked(StoreException failure) {
        return new UncheckedIOException(new IOException(failure.getMessage(), failure));
    }

    /// Leaves out what no object's name could be, like `lost+found` and our own files.
    private List<Entry> entries(Entry folder) throws IOException, StoreException {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(folder.path())) {
            for (Path path : paths) {
                entry(folder, path).filter(e -> ObjectName.isOne(e.name())).ifPresent(entries::add);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            root.check(); // a folder may vanish, the store may not
        }
        return entries;
    }

    private static Optional<Entry> entry(Entry folder, Path path) throws IOException {
        try {
            BasicFileAttributes file =
                    Files.readAttributes(
                            path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            boolean other = file.isSymbolicLink() || file.isOther();
            return other ? Optional.empty() : Optional.of(folder.below(path, file.isDirectory()));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // deleted as we pass
        }
    }
}
