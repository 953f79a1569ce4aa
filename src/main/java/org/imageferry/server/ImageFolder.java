package org.imageferry.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.settings.StartException;

/// The folder of disk images on their way in and out, which all nodes of a catalog must share: what one took
/// in, another imports. A file in it tells whose it is, and the catalog remembers which one it was.
///
/// @param path exists
record ImageFolder(Path path) {
    private static final String MARK = ".installation";
    private static final int MARK_BYTES = 16;

    /// Makes sure that this is the folder which the catalog's other nodes use. The first one decides.
    ///
    /// @throws StartException if it is another one
    void requireShared(Catalog catalog, RandomGenerator random) throws StartException {
        Optional<String> known = catalog.read(tables -> tables.regions().imageFolder());
        if (known.isEmpty()) {
            String mark = ensure(random);
            known =
                    Optional.of(
                            catalog.write(tables -> {
                                Optional<String> first = tables.regions().imageFolder();
                                if (first.isEmpty()) {
                                    tables.regions().setImageFolder(mark);
                                }
                                return first.orElse(mark);
                            }));
        }
        if (!known.equals(find())) {
            throw new StartException(
                    "%s is not the folder of disk images that the other nodes use: all need the same one, so name by 'buckets' in the settings where each can reach it. If that one is lost for good, write %s into %s"
                            .formatted(path, known.orElseThrow(), path.resolve(MARK)));
        }
    }

    private Optional<String> find() throws StartException {
        Path mark = path.resolve(MARK);
        try {
            return Files.exists(mark)
                    ? Optional.of(Files.readString(mark).strip())
                    : Optional.empty();
        } catch (IOException e) {
            throw new StartException("can't read " + mark + ": " + e, e);
        }
    }

    /// What the folder is marked with; marks it if it is not.
    private String ensure(RandomGenerator random) throws StartException {
        byte[] id = new byte[MARK_BYTES];
        random.nextBytes(id);
        Path mark = path.resolve(MARK);
        try {
            Files.write(
                    mark,
                    (HexFormat.of().formatHex(id) + "\n").getBytes(StandardCharsets.US_ASCII),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DSYNC);
        } catch (FileAlreadyExistsException e) {
            // a node that starts at the same moment, or the catalog was made anew
        } catch (IOException e) {
            throw new StartException("can't write " + mark + ": " + e, e);
        }
        return find().filter(it -> it.length() == 2 * MARK_BYTES)
                .orElseThrow(() ->
                        new StartException(
                                mark
                                        + " is not as it was written: start again, or delete it if no node"
                                        + " has started yet"));
    }
}
