package org.imageferry.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds `docs/reference/configuration.md` to what the server really reads.
final class ConfigurationReferenceTest {
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    private String reference = "";

    @BeforeEach
    void read() throws IOException {
        reference = Files.readString(Path.of("docs/reference/configuration.md"));
    }

    @Test
    void everyNumberAndTimeIsListedWithItsDefaultAndBounds() {
        assertThat(Setting.ALL)
                .allSatisfy(setting ->
                        assertThat(reference)
                                .contains(
                                        "| `%s` | %s | %s |"
                                                .formatted(
                                                        setting.key(),
                                                        setting.presetText(),
                                                        setting.allowed())));
    }

    @Test
    void everyKeyIsListedAndNoOther() {
        String keys = reference.substring(0, reference.indexOf("\n## Environment"));
        Set<String> listed =
                Pattern.compile("(?m)^\\| `([a-z0-9-]+)` \\| [^|]*\\| [^|]+\\|$")
                        .matcher(keys)
                        .results()
                        .map(row -> row.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        Set<String> known = new TreeSet<>();
        Stream.of(
                        SettingsReader.KEYS,
                        SettingsReader.REGION_KEYS,
                        SettingsReader.COLLECTOR_KEYS,
                        S3SettingsReader.KEYS,
                        TlsSettings.KEYS,
                        WebhookSettings.KEYS)
                .forEach(known::addAll);
        assertThat(listed).isEqualTo(known);
    }

    @Test
    void everyRegionThatIsThereByDefaultIsListed() {
        assertThat(Settings.DEFAULTS.regions())
                .allSatisfy(region ->
                        assertThat(reference)
                                .contains("| `" + region.id() + "` | " + region.name() + " |"));
    }

    @Test
    void everyExampleIsAllowed() throws StartException {
        List<String> examples =
                EXAMPLE.matcher(reference).results().map(example -> example.group(1)).toList();
        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(SettingsReader.parse("the example", example))
                    .isNotEqualTo(Settings.DEFAULTS);
        }
    }
}
