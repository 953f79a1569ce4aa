package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The commands of a page of the documents: all lines of its `sh` blocks. A comment before a block,
/// which readers don't see, says if it is not run, `<!-- not run: why -->`, or if its commands may fail,
/// `<!-- may fail: why -->`.
record DocumentPage(Path path, List<Block> blocks) {
    /// A fenced block, perhaps indented as part of a list.
    private static final Pattern FENCE =
            Pattern.compile(
                    "(?m)(?:^ *<!-- (not run|may fail): [^\\n]+ -->\\n)?^( *)```(sh|yaml)\\n(.*?)^ *```$",
                    Pattern.DOTALL);

    enum Run {
        ALWAYS,
        MAY_FAIL,
        NOT
    }

    /// @param language `sh` or `yaml`
    record Block(String language, Run run, String text) {
        /// One a line, those that go on in the next line put together.
        List<String> commands() {
            String joined = text.replaceAll("\\\\\\n\\s*", "");
            return joined.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        }
    }

    DocumentPage {
        blocks = List.copyOf(blocks);
    }

    static DocumentPage read(Path path) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher fence = FENCE.matcher(Files.readString(path));
        while (fence.find()) {
            blocks.add(new Block(fence.group(3), run(fence), stripped(fence)));
        }
        return new DocumentPage(path, blocks);
    }

    private static Run run(Matcher fence) {
        return switch (String.valueOf(fence.group(1))) {
            case "not run" -> Run.NOT;
            case "may fail" -> Run.MAY_FAIL;
            default -> Run.ALWAYS;
        };
    }

    /// Without the indentation of the fence.
    private static String stripped(Matcher fence) {
        return fence.group(4).replaceAll("(?m)^" + fence.group(2), "");
    }

    boolean runsAnything() {
        return blocks.stream()
                .anyMatch(block -> block.language().equals("sh") && block.run() != Run.NOT);
    }

    boolean has(String text) {
        return blocks.stream().anyMatch(block -> block.text().contains(text));
    }
}
