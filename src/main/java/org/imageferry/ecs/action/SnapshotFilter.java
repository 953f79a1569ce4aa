package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Snapshots;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What DescribeSnapshots filters by. Source: ECS API 2014-05-26, DescribeSnapshots, "Request
/// parameters" and "Error codes".
///
/// Snapshots here are user snapshots without tags, keys, instances or disks of instances: a filter for
/// what no snapshot is finds none.
final class SnapshotFilter {
    private static final int MOST_IDS = 100;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NONE_HAS =
            List.of("InstanceId", "DiskId", "SnapshotLinkId", "KMSKeyId", "ResourceGroupId");

    private final Parameters parameters;
    private boolean nothing;
    private Optional<Boolean> used = Optional.empty();
    private Optional<Boolean> accomplished = Optional.empty();
    private Optional<Instant> createdFrom = Optional.empty();
    private Optional<Instant> createdTo = Optional.empty();

    private SnapshotFilter(Parameters parameters) {
        this.parameters = parameters;
    }

    /// @param diskType `system` or `data`; like the times, for the catalog has no index of it, to be
    ///     compared with each snapshot
    record Filter(
            Snapshots.Query query,
            Optional<String> diskType,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo) {

        boolean comparesEach() {
            return diskType.isPresent() || createdFrom.isPresent() || createdTo.isPresent();
        }
    }

    /// @return nothing if no snapshot can match
    static Optional<Filter> of(Parameters parameters, AccountId account, RegionId region) {
        return new SnapshotFilter(parameters).filter(account, region);
    }

    private Optional<Filter> filter(AccountId account, RegionId region) {
        Set<SnapshotId> ids = ids();
        Optional<String> diskType = diskType();
        readStatus();
        readUsage();
        readTimes();
        nothing |= isAutomatic();
        nothing |= parameters.is("Encrypted") || !parameters.list("Tag").isEmpty();
        nothing |= NONE_HAS.stream().anyMatch(name -> parameters.find(name).isPresent());
        if (nothing) {
            return Optional.empty();
        }
        Snapshots.Query query =
                new Snapshots.Query(
                        account, region, ids, parameters.find("SnapshotName"), accomplished, used);
        return Optional.of(new Filter(query, diskType, createdFrom, createdTo));
    }

    /// A JSON array of texts, as a text.
    private Set<SnapshotId> ids() {
        Set<SnapshotId> ids = new HashSet<>();
        Optional<String> text = parameters.find("SnapshotIds");
        if (text.isPresent()) {
            JsonNode array = array(text.get());
            array.forEach(item -> add(ids, item.asString("")));
            nothing |= ids.isEmpty() && !array.isEmpty();
        }
        return ids;
    }

    private static JsonNode array(String text) {
        try {
            JsonNode array = JSON.readTree(text);
            if (array.isArray() && array.size() <= MOST_IDS) {
                return array;
            }
        } catch (JacksonException _) {
            // falls through to the same answer
        }
        throw new EcsException(
                new EcsError(
                        403,
                        "InvalidSnapshotIds.Malformed",
                        "The amount of specified specified snapshot Ids exceeds the limit.",
                        "SnapshotIds is a JSON array of at most " + MOST_IDS + " ids."));
    }

    private static void add(Set<SnapshotId> ids, String text) {
        try {
            ids.add(new SnapshotId(text));
        } catch (RefusedException _) {
            // what can't be an id names no snapshot
        }
    }

    private void readStatus() {
        switch (parameters.text("Status")) {
            case "", "all" -> {}
            case "accomplished" -> accomplished = Optional.of(true);
            case "progressing" -> accomplished = Optional.of(false);
            case "failed" -> nothing = true; // a failed task's snapshots are gone
            default ->
                    throw notFound("InvalidStatus.NotFound", "The specified Status is not found");
        }
    }

    private boolean isAutomatic() {
        return switch (parameters.text("SnapshotType")) {
            case "", "all", "user" -> false;
            case "auto" -> true;
            default ->
                    throw notFound(
                            "InvalidSnapshotType.NotFound",
                            "The specfied SnapshotType is not found");
        };
    }

    private void readUsage() {
        switch (parameters.text("Usage")) {
            case "" -> {}
            case "image" -> used = Optional.of(true);
            case "none" -> used = Optional.of(false);
            case "disk", "image_disk" -> nothing = true;
            default -> throw notFound("InvalidUsage", "The specifed Usage is not valid");
        }
    }

    private Optional<String> diskType() {
        Optional<String> type =
                parameters.find("SourceDiskType").map(it -> it.toLowerCase(Locale.ROOT));
        if (type.isPresent() && !Set.of("system", "data").contains(type.get())) {
            throw notFound("InvalidSourceDiskType", "The specifed SourceDiskType is not valid");
        }
        return type;
    }

    private void readTimes() {
        for (Map<String, String> filter : parameters.list("Filter").values()) {
            Optional<Instant> time = Times.parse(filter.getOrDefault("Value", ""));
            String key = filter.getOrDefault("Key", "");
            if (time.isEmpty() || !Set.of("CreationStartTime", "CreationEndTime").contains(key)) {
                throw notFound(
                        "InvalidFilterKey.NotFound", "The specified filter key is not found.");
            }
            if (key.equals("CreationStartTime")) {
                createdFrom = time;
            } else {
                createdTo = time;
            }
        }
    }

    private static EcsException notFound(String code, String message) {
        return new EcsException(new EcsError(404, code, message));
    }
}
