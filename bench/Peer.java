import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A tool that brings generations of a disk from one place to another.
interface Peer {
    /// What is measured, in this order. Each begins where the one before it ended.
    enum Phase {
        IMPORT("Import of the first generation", 0),
        IMPORT_AGAIN("Import of what is there", 0),
        FIRST("First copy", 0),
        UPGRADED("Next generation, upgraded in place", 1),
        CHANGED("One config change", 2),
        REBUILT("Rebuilt from scratch", 3),
        AGAIN("Nothing new", 3);

        private final String title;
        private final int generation;

        Phase(String title, int generation) {
            this.title = title;
            this.generation = generation;
        }

        String title() {
            return title;
        }

        /// Which generation of the disk, from 0.
        int generation() {
            return generation;
        }

        boolean copies() {
            return compareTo(FIRST) >= 0;
        }
    }

    String name();

    /// It takes many times longer than the others, so it is run fewer times.
    default boolean slow() {
        return false;
    }

    /// Empties the destination.
    void begin(int run) throws Exception;

    /// @return nothing if the tool has no such phase
    Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception;

    /// Removes all that the run left.
    default void end() throws Exception {}

    /// A tool that makes a file or a store out of an image, wherever it is run.
    ///
    /// @param slow [Peer#slow]
    /// @param init makes what must be there before the first phase
    /// @param copy what does it. In all commands `{image}` is the file, `{to}` and `{from}` are the folders of
    ///     destination and source, `{n}` is the generation's number.
    record Command(
            String name, boolean slow, Meter meter, Path work, List<List<String>> init,
            List<String> copy)
            implements Peer {
        private Path to() {
            return work.resolve("to");
        }

        @Override
        public void begin(int run) throws Exception {
            clear(work);
            Files.createDirectories(to());
            for (List<String> command : init) {
                Meter.run(filled(command, work, to(), Phase.FIRST));
            }
        }

        @Override
        public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
            if (!phase.copies()) {
                return Optional.empty();
            }
            return Optional.of(
                    meter.command(image, to(), List.of(), filled(copy, image, to(), phase)));
        }

        @Override
        public void end() throws Exception {
            clear(work);
        }
    }

    /// `cp`: in each phase a copy of its own, since it knows no other; the last one is deleted before. The
    /// measure of all others, so it also stands for an import.
    record Cp(Meter meter, Path work) implements Peer {
        @Override
        public String name() {
            return "cp";
        }

        @Override
        public void begin(int run) throws Exception {
            clear(work);
            Files.createDirectories(work);
        }

        @Override
        public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
            clear(work);
            Files.createDirectories(work);
            Path copy = work.resolve("copy.raw");
            List<String> command =
                    List.of("sh", "-c", "cp --sparse=always \"$0\" \"$1\" && sync \"$1\"",
                            image.toString(), copy.toString());
            return Optional.of(meter.command(image, work, List.of(), command));
        }

        @Override
        public void end() throws Exception {
            clear(work);
        }
    }

    /// A tool with a store on each side. What the source's store lacks before a phase is brought there first,
    /// unmeasured but for the import itself.
    ///
    /// @param init makes both stores
    /// @param backup brings an image into the source's
    /// @param copy brings what was backed up last to the destination's
    record TwoStores(
            String name, Meter meter, Path work, List<List<String>> init, List<String> backup,
            List<String> copy)
            implements Peer {
        private Path from() {
            return work.resolve("from");
        }

        private Path to() {
            return work.resolve("to");
        }

        @Override
        public void begin(int run) throws Exception {
            clear(work);
            Files.createDirectories(work);
            for (List<String> command : init) {
                Meter.run(filled(command, work, to(), Phase.FIRST));
            }
        }

        @Override
        public Optional<Meter.Measured> measure(Phase phase, Path image) throws Exception {
            if (!phase.copies()) {
                return Optional.of(
                        meter.command(
                                image, from(), List.of(), filled(backup, image, from(), phase)));
            }
            if (phase.generation() > 0 && phase != Phase.AGAIN) {
                Meter.run(filled(backup, image, from(), phase));
            }
            return Optional.of(
                    meter.command(from(), to(), List.of(), filled(copy, image, to(), phase)));
        }

        @Override
        public void end() throws Exception {
            clear(work);
        }
    }

    private static List<String> filled(List<String> command, Path image, Path to, Phase phase) {
        List<String> filled = new ArrayList<>();
        for (String word : command) {
            filled.add(
                    word.replace("{image}", image.toString())
                            .replace("{from}", to.resolveSibling("from").toString())
                            .replace("{to}", to.resolveSibling("to").toString())
                            .replace("{n}", Integer.toString(phase.generation())));
        }
        return filled;
    }

    static void clear(Path folder) throws Exception {
        Meter.run(List.of("rm", "-rf", folder.toString()));
    }

    static boolean installed(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
