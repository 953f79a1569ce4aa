package org.imageferry.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// What qemu-img makes of the samples' disk with all its options; `bench/make-corpus.sh` made it.
final class Corpus {
    private static final Path FOLDER = Path.of("src/test/resources/format/corpus");
    private static final String ENDING = ".gz";
    private static final String ODD = "odd-";

    private Corpus() {}

    static List<String> names() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(ENDING))
                    .map(name -> name.substring(0, name.length() - ENDING.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those that hold the disk; the others hold something else, or are not to be read.
    static List<String> disks() {
        return names().stream().filter(name -> !name.startsWith(ODD)).toList();
    }

    /// Those that reach outside of themselves.
    static List<String> refused() {
        return List.of("odd-qcow2-backing", "odd-qcow2-data-file", "odd-vmdk-flat");
    }

    static ImageFormat format(String name) {
        String kind = name.startsWith(ODD) ? name.substring(ODD.length()) : name;
        return ImageFormat.valueOf(kind.split("-", 2)[0].toUpperCase(Locale.ROOT));
    }

    static byte[] bytes(String name) {
        try (InputStream file = Files.newInputStream(FOLDER.resolve(name + ENDING));
                InputStream content = new GZIPInputStream(file)) {
            return content.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
