package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.imageferry.settings.StartException;

/// The file `node` in the data folder of a node whose catalog is elsewhere: which catalog that is, and the
/// name by which the node holds claims in it.
///
/// @param name stays the same, so that a node that starts again can end the claims it had
/// @param catalog the installation's id
record NodeFile(String name, String catalog) {
    private static final String NAME_LINE = "node=";
    private static final String CATALOG_LINE = "catalog=";
    private static final int NAME_BYTES = 8;

    /// @throws StartException if the file is not as we wrote it
    static Optional<NodeFile> find(Path file) throws StartException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() == 2
                    && lines.get(0).startsWith(NAME_LINE)
                    && lines.get(1).startsWith(CATALOG_LINE)) {
                return Optional.of(
                        new NodeFile(
                                lines.get(0).substring(NAME_LINE.length()),
                                lines.get(1).substring(CATALOG_LINE.length())));
            }
            throw new StartException(
                    "%s does not have the two lines %s… and %s…: put it back as it was"
                            .formatted(file, NAME_LINE, CATALOG_LINE));
        } catch (IOException e) {
            throw new StartException("can't read " + file + ": " + e, e);
        }
    }

    /// The node of this folder; a new one if it has none yet.
    ///
    /// @throws StartException if the folder is a node of another catalog
    static NodeFile ensure(Path file, String catalog, RandomGenerator random)
            throws StartException {
        Optional<NodeFile> there = find(file);
        if (there.isPresent() && !there.get().catalog().equals(catalog)) {
            throw new StartException(
                    "%s belongs to a node of another catalog: name the data folder of this one's node with --data, or a new one"
                            .formatted(file));
        }
        return there.isPresent() ? there.get() : make(file, catalog, random);
    }

    private static NodeFile make(Path file, String catalog, RandomGenerator random)
            throws StartException {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        NodeFile made = new NodeFile("node-" + HexFormat.of().formatHex(name), catalog);
        try {
            Files.writeString(
                    file, NAME_LINE + made.name + "\n" + CATALOG_LINE + made.catalog + "\n");
        } catch (IOException e) {
            throw new StartException("can't write " + file + ": " + e, e);
        }
        return made;
    }
}
