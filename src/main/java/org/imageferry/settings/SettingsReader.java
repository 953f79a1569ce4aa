package org.imageferry.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads [Settings] from YAML. What the file leaves out is as [#defaults] has it.
final class SettingsReader {
    static final List<String> KEYS =
            Stream.concat(
                            Stream.of(
                                    "regions",
                                    Setting.RESERVE_MIB.key(),
                                    Setting.SCRUB_WITHIN.key(),
                                    Setting.CLAIM_FOR.key(),
                                    "buckets",
                                    "catalog",
                                    Setting.CATALOG_CONNECTIONS.key(),
                                    "collector",
                                    "webhooks"),
                            ServingSettings.KEYS.stream())
                    .toList();
    static final List<String> REGION_KEYS =
            List.of(
                    "id",
                    "name",
                    Setting.RUNNING_COPIES.key(),
                    Setting.RUNNING_SNAPSHOT_COPIES.key(),
                    Setting.RUNNING_IMPORTS.key(),
                    Setting.RUNNING_EXPORTS.key(),
                    Setting.RUNNING_VERIFICATIONS.key(),
                    Setting.MOST_IMAGE_GIB.key(),
                    Setting.KEY_SERVICE.key(),
                    Setting.ENCRYPTED_EXPORTS.key(),
                    "bandwidth-mib",
                    "folder",
                    "s3");
    static final List<String> COLLECTOR_KEYS = List.of(Setting.GRACE.key(), Setting.EVERY.key());

    private static final int MOST_FILE_BYTES = 1 << 20;
    private static final int MOST_REGIONS = 100;
    private static final int MOST_NAME_LENGTH = 64;
    private static final long MIB = 1L << 20;

    /// With less, a segment would take longer than a claim lasts.
    private static final long LEAST_BANDWIDTH_MIB = 2;

    private static final long MOST_BANDWIDTH_MIB = 100_000;
    private static final String BANDWIDTH_FORM =
            "a whole number from " + LEAST_BANDWIDTH_MIB + " to " + MOST_BANDWIDTH_MIB;
    private static final long GIB = 1L << 30;
    private static final String FOLDER_FORM = "the path of a folder, beginning with /";
    private static final String ID_FORM =
            "2 to 64 lower-case letters, digits and '-', with a letter first";
    private static final String NAME_FORM = "a text of 1 to " + MOST_NAME_LENGTH + " characters";

    /// The regions of those who name none, with the names by which people know them.
    private static final Map<String, String> USUAL_NAMES = usualNames();

    private SettingsReader() {}

    private static Map<String, String> usualNames() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("cn-hangzhou", "China (Hangzhou)");
        names.put("cn-shanghai", "China (Shanghai)");
        names.put("cn-beijing", "China (Beijing)");
        names.put("cn-hongkong", "China (Hong Kong)");
        names.put("ap-southeast-1", "Singapore");
        names.put("eu-central-1", "Germany (Frankfurt)");
        names.put("us-east-1", "US (Virginia)");
        return names;
    }

    static Settings defaults() {
        return new Settings(
                defaultRegions(),
                Setting.RESERVE_MIB.preset() * MIB,
                new CatalogPlace.Embedded(),
                Setting.CATALOG_CONNECTIONS.preset().intValue(),
                new Settings.Collector(Setting.GRACE.preset(), Setting.EVERY.preset()),
                Setting.SCRUB_WITHIN.preset(),
                Optional.empty(),
                Setting.CLAIM_FOR.preset(),
                ServingSettings.DEFAULTS,
                WebhookSettings.DEFAULTS);
    }

    private static List<Settings.Region> defaultRegions() {
        Map<Work.Action, Integer> running = new EnumMap<>(Work.Action.class);
        for (Work.Action action : Work.Action.values()) {
            running.put(action, running(action).preset().intValue());
        }
        long mostImageBytes = Setting.MOST_IMAGE_GIB.preset() * GIB;
        return USUAL_NAMES.entrySet().stream()
                .map(it ->
                        new Settings.Region(
                                new RegionId(it.getKey()),
                                it.getValue(),
                                running,
                                mostImageBytes,
                                KeyPolicy.DEFAULT,
                                StoreSettings.FOLDER))
                .toList();
    }

    private static Setting.Count running(Work.Action action) {
        return switch (action) {
            case CopyImage -> Setting.RUNNING_COPIES;
            case CopySnapshot -> Setting.RUNNING_SNAPSHOT_COPIES;
            case ImportImage -> Setting.RUNNING_IMPORTS;
            case ExportImage -> Setting.RUNNING_EXPORTS;
            case VerifyImages -> Setting.RUNNING_VERIFICATIONS;
        };
    }

    static Settings read(Path file) throws StartException {
        try {
            if (Files.size(file) > MOST_FILE_BYTES) {
                throw new StartException(file + " is longer than 1 MiB: that is no settings file");
            }
            return parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new StartException(
                    "there is no settings file " + file + ": name another with --config, or none",
                    e);
        } catch (IOException e) {
            throw new StartException("can't read the settings file " + file + ": " + e, e);
        }
    }

    /// @param file its name, for messages
    static Settings parse(String file, String text) throws StartException {
        Optional<Node> root;
        try {
            root = new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
        } catch (MarkedYamlEngineException e) {
            String line =
                    e.getProblemMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
            throw new StartException(file + line + " is not YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) {
            throw new StartException(file + " is not YAML: " + e.getMessage(), e);
        }
        if (root.isEmpty()) {
            return defaults();
        }
        return settings(YamlSection.of(file, "the settings", root.get(), KEYS));
    }

    private static Settings settings(YamlSection section) throws StartException {
        return new Settings(
                section.has("regions") ? regions(section) : defaultRegions(),
                section.value(Setting.RESERVE_MIB) * MIB,
                catalog(section),
                section.value(Setting.CATALOG_CONNECTIONS).intValue(),
                section.has("collector")
                        ? collector(section.section("collector", COLLECTOR_KEYS))
                        : defaults().collector(),
                section.value(Setting.SCRUB_WITHIN),
                folder(section, "buckets"),
                section.value(Setting.CLAIM_FOR),
                ServingSettings.read(section),
                section.has("webhooks")
                        ? WebhookSettings.read(section.section("webhooks", WebhookSettings.KEYS))
                        : WebhookSettings.DEFAULTS);
    }

    private static CatalogPlace catalog(YamlSection section) throws StartException {
        String text = section.text("catalog", CatalogPlace.FORM).orElse(CatalogPlace.EMBEDDED);
        Optional<String> forbidden = CatalogPlace.forbidden(text);
        if (forbidden.isPresent()) {
            throw section.problem("catalog", "'catalog' " + forbidden.get());
        }
        Optional<CatalogPlace> place = CatalogPlace.parse(text);
        if (place.isEmpty()) {
            throw section.unfit("catalog", CatalogPlace.FORM, text);
        }
        return place.get();
    }

    private static Settings.Collector collector(YamlSection section) throws StartException {
        return new Settings.Collector(section.value(Setting.GRACE), section.value(Setting.EVERY));
    }

    private static List<Settings.Region> regions(YamlSection settings) throws StartException {
        List<YamlSection> sections = settings.sections("regions", "a region", REGION_KEYS);
        if (sections.isEmpty() || sections.size() > MOST_REGIONS) {
            throw settings.problem(
                    "regions", "'regions' must name 1 to " + MOST_REGIONS + " regions");
        }
        List<Settings.Region> regions = new ArrayList<>();
        Set<RegionId> ids = new HashSet<>();
        for (YamlSection section : sections) {
            Settings.Region region = region(section);
            if (!ids.add(region.id())) {
                throw section.problem("id", "the region '" + region.id() + "' is there twice");
            }
            regions.add(region);
        }
        return regions;
    }

    private static Settings.Region region(YamlSection section) throws StartException {
        RegionId id = id(section);
        Map<Work.Action, Integer> running = new EnumMap<>(Work.Action.class);
        for (Work.Action action : Work.Action.values()) {
            running.put(action, section.value(running(action)).intValue());
        }
        return new Settings.Region(
                id,
                name(section, id),
                running,
                section.value(Setting.MOST_IMAGE_GIB) * GIB,
                new KeyPolicy(
                        section.value(Setting.KEY_SERVICE),
                        section.value(Setting.ENCRYPTED_EXPORTS)),
                store(section));
    }

    private static StoreSettings store(YamlSection section) throws StartException {
        Optional<StoreSettings.S3> s3 =
                section.has("s3")
                        ? Optional.of(
                                S3SettingsReader.read(section.section("s3", S3SettingsReader.KEYS)))
                        : Optional.empty();
        Optional<Path> folder = folder(section, "folder");
        if (s3.isPresent() && folder.isPresent()) {
            throw section.problem(
                    "folder", "a region is in a 'folder' or in 's3': name one of them");
        }
        return new StoreSettings(s3, folder, bandwidth(section));
    }

    private static Optional<Path> folder(YamlSection section, String key) throws StartException {
        Optional<String> text = section.text(key, FOLDER_FORM);
        try {
            Optional<Path> folder = text.map(Path::of);
            if (folder.isPresent() && !folder.get().isAbsolute()) {
                throw section.unfit(key, FOLDER_FORM, text.get());
            }
            return folder;
        } catch (InvalidPathException _) {
            throw section.unfit(key, FOLDER_FORM, text.orElseThrow());
        }
    }

    private static Optional<Long> bandwidth(YamlSection section) throws StartException {
        Optional<String> text = section.text("bandwidth-mib", BANDWIDTH_FORM);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String digits = text.get();
        long mib = digits.matches("[0-9]{1,6}") ? Long.parseLong(digits) : 0;
        if (mib < LEAST_BANDWIDTH_MIB || mib > MOST_BANDWIDTH_MIB) {
            throw section.unfit("bandwidth-mib", BANDWIDTH_FORM, digits);
        }
        return Optional.of(mib * MIB);
    }

    private static RegionId id(YamlSection section) throws StartException {
        Optional<String> text = section.text("id", ID_FORM);
        if (text.isEmpty()) {
            throw section.problem("id", "a region needs an 'id': " + ID_FORM);
        }
        try {
            return new RegionId(text.get());
        } catch (RefusedException _) {
            throw section.unfit("id", ID_FORM, text.get());
        }
    }

    private static String name(YamlSection section, RegionId id) throws StartException {
        Optional<String> name = section.text("name", NAME_FORM);
        if (name.isEmpty()) {
            return USUAL_NAMES.getOrDefault(id.value(), id.value());
        }
        if (name.get().isBlank() || name.get().length() > MOST_NAME_LENGTH) {
            throw section.unfit("name", NAME_FORM, name.get());
        }
        return name.get();
    }
}
