package org.imageferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Holds `docs/reference/cli.md` to what the program really takes. What a failure shows as missing is to
/// be pasted there.
final class CliReferenceTest extends CommandTest {
    private static final Path PAGE = Path.of("docs/reference/cli.md");

    private CommandLine program() {
        return scene().program().commandLine();
    }

    /// All of them, each followed by those within it.
    private List<CommandLine> commands() {
        return program().getSubcommands().values().stream()
                .flatMap(CliReferenceTest::within)
                .toList();
    }

    private static Stream<CommandLine> within(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(CliReferenceTest::within));
    }

    /// Such as `### group`, and `#### group list` within it.
    private static String heading(CommandSpec command) {
        String path = command.qualifiedName().replaceFirst("^imageferry ", "");
        return "###" + "#".repeat(path.split(" ", -1).length - 1) + " " + path;
    }

    @Test
    void eachCommandIsDescribedAsItIs() throws IOException {
        String page = Files.readString(PAGE);

        for (CommandLine command : commands()) {
            assertThat(page).contains(section(command.getCommandSpec()));
        }
    }

    @Test
    void theSharedOptionsAreDescribedAsTheyAre() throws IOException {
        assertThat(Files.readString(PAGE))
                .contains("## Options of all commands\n\n" + table(program().getCommandSpec()));
    }

    @Test
    void noOtherCommandIsDescribed() throws IOException {
        List<String> headings =
                Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("###")).toList();

        assertThat(headings)
                .containsExactlyElementsOf(
                        commands().stream()
                                .map(command -> heading(command.getCommandSpec()))
                                .toList());
    }

    private static String section(CommandSpec command) {
        String description = String.join(" ", command.usageMessage().description());
        String heading = heading(command) + "\n\n" + description.replace("%n", "") + "\n";
        String table = table(command);
        return table.isEmpty() ? heading : heading + "\n" + table;
    }

    private static String table(CommandSpec command) {
        List<String> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            rows.add(row(parameter.paramLabel(), parameter));
        }
        for (OptionSpec option : command.options()) {
            if (!option.inherited() && !option.hidden() && !standard(option, command)) {
                boolean value = option.arity().max() > 0;
                String label = value ? " " + option.paramLabel() : "";
                rows.add(row(String.join(", ", option.names()) + label, option));
            }
        }
        return rows.isEmpty() ? "" : "| | |\n|---|---|\n" + String.join("\n", rows) + "\n";
    }

    /// Each command has `--help` and `--version`; it is enough to say so once.
    private static boolean standard(OptionSpec option, CommandSpec command) {
        return command.parent() != null && (option.usageHelp() || option.versionHelp());
    }

    private static String row(String name, ArgSpec argument) {
        String text = String.join(" ", Arrays.asList(argument.description()));
        String required = argument.required() ? " Required." : "";
        return "| `" + name.replace("|", "\\|") + "` | " + text.strip() + required + " |";
    }
}
