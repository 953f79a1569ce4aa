package org.imageferry.ecs.action;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.Images;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.TagErrors;

/// What DescribeImages filters by. Source: ECS API 2014-05-26, DescribeImages, "Request parameters" and
/// "Error codes".
///
/// All images here are an account's own, none is public, subscribed, in use, in a family or in a
/// resource group: a filter for what no image is finds none.
final class ImageFilter {
    private static final Set<String> ONLINE_CHANGES =
            Set.of(
                    "CpuOnlineUpgrade",
                    "CpuOnlineDowngrade",
                    "MemoryOnlineUpgrade",
                    "MemoryOnlineDowngrade");

    private final Parameters parameters;
    private boolean nothing;
    private Optional<Instant> createdFrom = Optional.empty();
    private Optional<Instant> createdTo = Optional.empty();

    private ImageFilter(Parameters parameters) {
        this.parameters = parameters;
    }

    /// @return nothing if no image can match
    /// @throws EcsException for a value that DescribeImages does not know
    static Optional<Images.Query> of(Parameters parameters, AccountId account, RegionId region) {
        return new ImageFilter(parameters).query(account, region);
    }

    private Optional<Images.Query> query(AccountId account, RegionId region) {
        checkOwner();
        checkTraits();
        readFilters();
        Images.Query query =
                new Images.Query(
                        account,
                        region,
                        statuses(),
                        ids(),
                        parameters.find("ImageName"),
                        snapshot(),
                        oneOf("OSType", "InvalidOSType", "linux", "windows"),
                        oneOf("Architecture", "InvalidArchitecture", "i386", "x86_64", "arm64"),
                        tags(),
                        createdFrom,
                        createdTo);
        return nothing ? Optional.empty() : Optional.of(query);
    }

    private void checkOwner() {
        String alias = parameters.text("ImageOwnerAlias");
        switch (alias) {
            case "", "self" -> {}
            case "system", "others", "marketplace", "community" -> nothing = true;
            default ->
                    throw refused(
                            400,
                            "InvalidImageOwnerAlias.ValueNotSupported",
                            "The specified ImageOwnerAlias value is not supported.");
        }
        boolean shared = alias.equals("others") || alias.equals("community");
        if (parameters.find("ImageOwnerId").isPresent() && !shared) {
            throw refused(
                    400,
                    "InvalidOperation.ImageOwnerIdUnsupported",
                    "The specified ImageOwnerId is not supported for this ImageOwnerAlias.");
        }
        if (parameters.is("IsPublic") && !alias.equals("others")) {
            throw refused(
                    400,
                    "InvalidImageOwnerAlias.PublicImageUnsupported",
                    "The specified ImageOwnerAlias does not support public images.");
        }
    }

    private void checkTraits() {
        nothing |=
                oneOf("Usage", "InvalidUsage", "instance", "none").equals(Optional.of("instance"));
        nothing |= parameters.find("ImageFamily").isPresent();
        nothing |= parameters.find("ResourceGroupId").isPresent();
        nothing |= !parameters.flag("IsSupportIoOptimized").orElse(true);
        nothing |= !parameters.flag("IsSupportCloudinit").orElse(true);
    }

    /// The messages' spelling is theirs.
    private Optional<String> oneOf(String name, String code, String... values) {
        Optional<String> value = parameters.find(name);
        if (value.isPresent() && !List.of(values).contains(value.get())) {
            throw refused(404, code, "The specifed " + name + " is not valid");
        }
        return value;
    }

    /// Unknown states, and those that no image here has, are names of nothing. No state at all means
    /// Available; `ALL`, which stands alone, means any.
    private Set<Images.Status> statuses() {
        List<String> asked = new ArrayList<>(parameters.commas("Status"));
        if (asked.isEmpty()) {
            asked.add("Available");
        }
        Set<Images.Status> statuses = EnumSet.noneOf(Images.Status.class);
        for (Images.Status status : Images.Status.values()) {
            if (asked.contains(status.name()) || asked.equals(List.of("ALL"))) {
                statuses.add(status);
            }
        }
        parameters
                .flag("Usable")
                .ifPresent(usable ->
                        statuses.removeIf(it -> (it == Images.Status.Available) != usable));
        nothing |= statuses.isEmpty();
        return statuses;
    }

    private Set<ImageId> ids() {
        Set<ImageId> ids = new HashSet<>();
        List<String> asked = parameters.commas("ImageId");
        for (String text : asked) {
            try {
                ids.add(new ImageId(text));
            } catch (RefusedException _) {
                // what can't be an id names no image: an empty answer, as at ECS, not an error
            }
        }
        nothing |= ids.isEmpty() && !asked.isEmpty();
        return ids;
    }

    private Optional<SnapshotId> snapshot() {
        Optional<String> text = parameters.find("SnapshotId");
        try {
            return text.map(SnapshotId::new);
        } catch (RefusedException _) {
            nothing = true;
            return Optional.empty();
        }
    }

    private Map<String, String> tags() {
        Map<String, String> tags = new HashMap<>();
        for (Map<String, String> tag : parameters.list("Tag").values()) {
            String key = tag.getOrDefault("Key", "");
            if (key.isEmpty()) {
                throw new EcsException(TagErrors.TAG_WITHOUT_KEY);
            }
            tags.put(key, tag.getOrDefault("Value", ""));
        }
        if (tags.size() > org.imageferry.domain.Tags.MOST) {
            throw new EcsException(TagErrors.TAG_COUNT);
        }
        return tags;
    }

    private void readFilters() {
        for (Map<String, String> filter : parameters.list("Filter").values()) {
            String key = filter.getOrDefault("Key", "");
            String value = filter.getOrDefault("Value", "");
            if (key.equals("CreationStartTime")) {
                createdFrom = Optional.of(time(value));
            } else if (key.equals("CreationEndTime")) {
                createdTo = Optional.of(time(value));
            } else if (ONLINE_CHANGES.contains(key)) {
                nothing |= !value.equals("unsupported");
            } else if (key.equals("NetworkType")) {
                checkNetwork(value);
            } else {
                throw refused(
                        404, "InvalidFilterKey.NotFound", "The specified filter key is not found.");
            }
        }
    }

    private static void checkNetwork(String value) {
        if (!value.equals("vpc") && !value.equals("classic")) {
            throw refused(
                    400,
                    "InvalidFilterValue.NetworkType",
                    "The specified filter value of NetworkType is not valid.");
        }
    }

    private static Instant time(String value) {
        return Times.parse(value)
                .orElseThrow(() ->
                        refused(
                                404,
                                "InvalidFilterValue",
                                "The specified filter value is not valid."));
    }

    private static EcsException refused(int status, String code, String message) {
        return new EcsException(new EcsError(status, code, message));
    }
}
