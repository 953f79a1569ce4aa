package org.imageferry.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n"})
    void whoSetsNothingGetsTheDefaults(String text) throws StartException {
        Settings settings = parse(text);
        assertThat(settings).isEqualTo(Settings.DEFAULTS);
        assertThat(settings.regions())
                .extracting(region -> region.id() + " " + region.name())
                .containsExactly(
                        "cn-hangzhou China (Hangzhou)",
                        "cn-shanghai China (Shanghai)",
                        "cn-beijing China (Beijing)",
                        "cn-hongkong China (Hong Kong)",
                        "ap-southeast-1 Singapore",
                        "eu-central-1 Germany (Frankfurt)",
                        "us-east-1 US (Virginia)");
        assertThat(settings.regions().getFirst().running())
                .isEqualTo(
                        Map.of(
                                Work.Action.CopyImage, 1,
                                Work.Action.CopySnapshot, 1,
                                Work.Action.ImportImage, 2,
                                Work.Action.ExportImage, 2,
                                Work.Action.VerifyImages, 1));
        assertThat(settings.regions().getFirst().mostImageBytes()).isEqualTo(32_768 * GIB);
        assertThat(settings.reserveBytes()).isEqualTo(256 * MIB);
        assertThat(settings.collector())
                .isEqualTo(new Settings.Collector(Duration.ofMinutes(10), Duration.ofMinutes(1)));
    }

    @Test
    void everythingCanBeSet() throws StartException {
        Settings settings =
                parse(
                        """
                        regions:
                          - id: site-berlin
                            name: Berlin, server room 2
                            running-copies: 3
                            running-snapshot-copies: 2
                            running-imports: 4
                            running-exports: 5
                            running-verifications: 6
                            most-image-gib: 200
                            encrypted-exports: false
                            bandwidth-mib: 20
                          - id: eu-central-1
                        reserve-mib: 0
                        collector: {grace: 2h, every: 30s}
                        """);
        assertThat(settings.reserveBytes()).isZero();
        assertThat(settings.collector())
                .isEqualTo(new Settings.Collector(Duration.ofHours(2), Duration.ofSeconds(30)));
        assertThat(settings.regions().getFirst())
                .isEqualTo(
                        new Settings.Region(
                                new RegionId("site-berlin"),
                                "Berlin, server room 2",
                                Map.of(
                                        Work.Action.CopyImage, 3,
                                        Work.Action.CopySnapshot, 2,
                                        Work.Action.ImportImage, 4,
                                        Work.Action.ExportImage, 5,
                                        Work.Action.VerifyImages, 6),
                                200 * GIB,
                                new KeyPolicy(true, false),
                                new StoreSettings(
                                        Optional.empty(),
                                        Optional.empty(),
                                        Optional.of(20 * MIB))));
        assertThat(settings.regions().getLast().name()).isEqualTo("Germany (Frankfurt)");
    }

    @Test
    void whatIsLeftOutOfASectionIsAsByDefault() throws StartException {
        assertThat(parse("collector: {every: 5s}").collector())
                .isEqualTo(new Settings.Collector(Duration.ofMinutes(10), Duration.ofSeconds(5)));
        assertThat(parse("regions: [{id: here}]").regions().getFirst().name()).isEqualTo("here");
    }

    @Test
    void anIdIsTakenAsItIsWritten() throws StartException {
        assertThat(parse("regions: [{id: no}]").regions().getFirst().id())
                .isEqualTo(new RegionId("no"));
    }

    @Test
    void anUnknownKeyIsRefusedWithTheNearestKnownOne() {
        refused(
                """
                regions:
                  - id: here
                    runing-copies: 2
                """,
                "settings.yaml, line 3: unknown key 'runing-copies' in a region: did you mean 'running-copies'?",
                "id, name, running-copies, running-snapshot-copies");
        refused("region: []", "line 1: unknown key 'region'", "did you mean 'regions'?");
        refused("collector: {evry: 1m}", "unknown key 'evry' in 'collector'", "'every'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "two", "1.5", "", "[1]", "99999999999999999999"})
    void aCountOutOfItsBoundsIsRefused(String count) {
        refused(
                "regions:\n  - id: here\n    running-copies: " + count,
                "settings.yaml, line 3: 'running-copies' must be a whole number from 1 to 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"59s", "8d", "10", "10 m", "ten minutes", "{}", "9999999999d"})
    void aTimeOutOfItsBoundsIsRefused(String time) {
        refused(
                "collector:\n  grace: " + time,
                "settings.yaml, line 2: 'grace' must be a time from 1m to 7d");
    }

    @Test
    void boundsThemselvesAreAllowed() throws StartException {
        assertThat(parse("collector: {grace: 60s, every: 24h}").collector())
                .isEqualTo(new Settings.Collector(Duration.ofMinutes(1), Duration.ofDays(1)));
        assertThat(parse("collector: {grace: 7d, every: 1s}").collector())
                .isEqualTo(new Settings.Collector(Duration.ofDays(7), Duration.ofSeconds(1)));
        assertThat(parse("reserve-mib: 1048576").reserveBytes()).isEqualTo(1L << 40);
    }

    @Test
    void regionsThatCanNotBeAreRefused() {
        refused("regions: [{id: Here}]", "'id' must be 2 to 64 lower-case letters", "not 'Here'");
        refused("regions:\n  - name: x", "line 2: a region needs an 'id'");
        refused("regions:\n  - id: a1\n  - id: a1", "line 3: the region 'a1' is there twice");
        refused("regions: []", "'regions' must name 1 to 100 regions");
        refused("regions: [{id: here, name: '  '}]", "'name' must be a text of 1 to 64");
        refused("regions: here", "'regions' must be a list");
        refused("regions: [here]", "a region must be a section with keys: id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "0", "100001", "fast", "2.5"})
    void aBandwidthOutOfItsBoundsIsRefused(String bandwidth) {
        refused(
                "regions:\n  - id: here\n    bandwidth-mib: " + bandwidth,
                "line 3: 'bandwidth-mib' must be a whole number from 2 to 100000");
    }

    @Test
    void aKeyThatIsThereTwiceIsRefused() {
        refused("reserve-mib: 1\nreserve-mib: 2", "line 2: the key 'reserve-mib' is there twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"regions: [", "\treserve-mib: 1", "a: b: c", "--- 1\n--- 2", "*none"})
    void whatIsNoYamlIsRefused(String text) {
        refused(text, "settings.yaml");
    }

    @Test
    void aFileIsRead() throws Exception {
        Path file = Files.writeString(folder.resolve("settings.yaml"), "reserve-mib: 5\n");
        assertThat(Settings.read(file).reserveBytes()).isEqualTo(5 * MIB);
    }

    @Test
    void aFileThatIsNotThereOrTooLongIsRefused() throws IOException {
        Path file = folder.resolve("settings.yaml");
        assertThatThrownBy(() -> Settings.read(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("there is no settings file " + file);
        Files.writeString(file, "#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> Settings.read(file))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("longer than 1 MiB");
        assertThatThrownBy(() -> Settings.read(folder)).isInstanceOf(StartException.class);
    }

    private static Settings parse(String text) throws StartException {
        return SettingsReader.parse("settings.yaml", text);
    }

    private static void refused(String text, String... why) {
        assertThatThrownBy(() -> parse(text))
                .as(text)
                .isInstanceOf(StartException.class)
                .hasMessageContainingAll(why);
    }
}
