package org.imageferry.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.copy.KeyPolicy;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Work;

/// What an operator can set, from a YAML file that may leave out everything.
/// `docs/reference/configuration.md` lists all of it.
///
/// @param regions in the order in which they are shown; each id once
/// @param reserveBytes free space that is never used up, in each folder that we write to
/// @param catalogConnections to the catalog's server, if it has one, at most
/// @param scrubWithin the time in which everything that is stored is read once
/// @param buckets the folder that holds disk images on their way in and out, for all nodes; in the data
///     folder, for this node alone, if it is not given
/// @param claimFor how long a piece of work is claimed at a time
public record Settings(
        List<Region> regions,
        long reserveBytes,
        CatalogPlace catalog,
        int catalogConnections,
        Collector collector,
        Duration scrubWithin,
        Optional<Path> buckets,
        Duration claimFor,
        ServingSettings serving,
        WebhookSettings webhooks) {
    /// The settings of those who set nothing.
    public static final Settings DEFAULTS = SettingsReader.defaults();

    /// A region, and how much may go on in it at once.
    ///
    /// @param name what a person calls it
    /// @param running how many tasks of each action may run at once
    /// @param mostImageBytes the longest image that may be brought into it
    /// @param store where its objects are
    public record Region(
            RegionId id,
            String name,
            Map<Work.Action, Integer> running,
            long mostImageBytes,
            KeyPolicy keys,
            StoreSettings store) {
        public Region {
            running = Map.copyOf(running);
        }
    }

    /// When space is given back that nothing needs any more.
    ///
    /// @param grace between an object's last use and its end, so that who still reads it can finish
    /// @param every how long to rest between two rounds
    public record Collector(Duration grace, Duration every) {}

    public Settings {
        regions = List.copyOf(regions);
    }

    /// These, but with what the environment says of the catalog.
    ///
    /// @throws StartException if it says what is not allowed
    public Settings in(Map<String, String> environment) throws StartException {
        return new Settings(
                regions,
                reserveBytes,
                catalog.in(environment),
                catalogConnections,
                collector,
                scrubWithin,
                buckets,
                claimFor,
                serving,
                webhooks);
    }

    /// Where the region keeps its objects; in the data folder if nothing is said of it.
    public StoreSettings store(RegionId region) {
        return regions.stream()
                .filter(each -> each.id().equals(region))
                .findFirst()
                .map(Region::store)
                .orElse(StoreSettings.FOLDER);
    }

    /// Whether disk images of any region come from and go to a folder.
    public boolean keepsImagesInFolder() {
        return regions.stream()
                .anyMatch(
                        region -> region.store().s3().flatMap(StoreSettings.S3::images).isEmpty());
    }

    /// What the region says of keys.
    public KeyPolicy keys(RegionId region) {
        return regions.stream()
                .filter(each -> each.id().equals(region))
                .findFirst()
                .map(Region::keys)
                .orElse(KeyPolicy.DEFAULT);
    }

    /// @throws StartException if the file can't be read or holds what is not allowed; the message names
    ///     the file, the line, the key and what is allowed
    public static Settings read(Path file) throws StartException {
        return SettingsReader.read(file);
    }
}
