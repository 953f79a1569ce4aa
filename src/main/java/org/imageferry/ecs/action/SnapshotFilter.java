package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Snapshots;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.TagErrors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What DescribeSnapshots filters by. Source: ECS API 2014-05-26, DescribeSnapshots, "Request
/// parameters" and "Error codes".
///
/// Snapshots here are user snapshots, not of instances or their disks: a filter for what
/// no snapshot is finds none.
final class SnapshotFilter {
    private static final int MOST_IDS = 100;
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NONE_HAS = List.of("InstanceId", "DiskId");

    private final Parameters parameters;
    private boolean nothing;
    private Optional<Boolean> used = Optional.empty();
    private Optional<Boolean> accomplished = Optional.empty();
    private Optional<Instant> createdFrom = Optional.empty();
    private Optional<Instant> createdTo = Optional.empty();

    private SnapshotFilter(Parameters parameters) {
        this.parameters = parameters;
    }

    /// @return nothing if no snapshot can match
    static Optional<Snapshots.Query> of(Parameters parameters, AccountId account, RegionId region) {
        return new SnapshotFilter(parameters).query(account, region);
    }

    private Optional<Snapshots.Query> query(AccountId account, RegionId region) {
        Set<SnapshotId> ids = ids();
        Optional<Boolean> system = system();
        Optional<ResourceGroupId> group = group();
        Map<String, String> tags = tags();
        readStatus();
        readUsage();
        readTimes();
        refuseLink();
        nothing |= isAutomatic() || isLocal();
        nothing |= NONE_HAS.stream().anyMatch(name -> parameters.find(name).isPresent());
        Snapshots.Traits traits =
                new Snapshots.Traits(
                        parameters.find("SnapshotName"),
                        accomplished,
                        used,
                        system,
                        group,
                        createdFrom,
                        createdTo,
                        parameters.is("Encrypted"),
                        parameters.find("KMSKeyId"));
        return nothing
                ? Optional.empty()
                : Optional.of(new Snapshots.Query(account, region, ids, tags, traits));
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

    /// A tag without a value matches any value. What can't be a tag is on no snapshot.
    private Map<String, String> tags() {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map<String, String> tag : parameters.list("Tag").values()) {
            String key = tag.getOrDefault("Key", "");
            String value = tag.getOrDefault("Value", "");
            if (key.isEmpty() && !value.isEmpty()) {
                throw new EcsException(TagErrors.TAG_WITHOUT_KEY);
            }
            String before = tags.putIfAbsent(key, value);
            nothing |= before != null && !before.equals(value);
        }
        if (tags.size() > Tags.MOST) {
            throw new EcsException(TagErrors.TAG_COUNT);
        }
        tags.remove("");
        return tags;
    }

    /// What can't be a group's id names one that nothing is in.
    private Optional<ResourceGroupId> group() {
        try {
            return parameters.find("ResourceGroupId").map(ResourceGroupId::new);
        } catch (RefusedException _) {
            nothing = true;
            return Optional.empty();
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

    /// Of the page's two categories, `Standard` and `Flash`, all are of the first.
    private boolean isLocal() {
        return !parameters.find("Category").map("standard"::equalsIgnoreCase).orElse(true);
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

    private Optional<Boolean> system() {
        return switch (parameters.text("SourceDiskType").toLowerCase(Locale.ROOT)) {
            case "" -> Optional.empty();
            case "system" -> Optional.of(true);
            case "data" -> Optional.of(false);
            default ->
                    throw notFound(
                            "InvalidSourceDiskType", "The specifed SourceDiskType is not valid");
        };
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

    /// There are no chains of snapshots here.
    private void refuseLink() {
        if (parameters.find("SnapshotLinkId").isPresent()) {
            throw notFound(
                    "InvalidSnapshotLinkId.NotFound", "The specified snapshot link is not found.");
        }
    }

    private static EcsException notFound(String code, String message) {
        return new EcsException(new EcsError(404, code, message));
    }
}
