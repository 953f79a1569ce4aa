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
import java.util.function.Function;
import org.imageferry.catalog.Images;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.ImageErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.TagErrors;

/// What DescribeImages filters by. Source: ECS API 2014-05-26, DescribeImages, "Request parameters" and
/// "Error codes".
///
/// Tags, groups and snapshots are their owner's: who filters by them looks among its own images only.
/// No image here is subscribed or in use: a filter for what no image is finds none.
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
        Images.Whose whose = whose();
        checkTraits();
        readFilters();
        Map<String, String> tags = tags();
        Images.Traits traits = traits();
        Images.Query query =
                new Images.Query(
                        account,
                        region,
                        whose(whose, tags, traits),
                        statuses(),
                        ids(),
                        tags,
                        traits);
        return nothing ? Optional.empty() : Optional.of(query);
    }

    private Images.Whose whose() {
        String alias = parameters.text("ImageOwnerAlias");
        boolean isPublic = parameters.is("IsPublic");
        Images.Whose whose =
                switch (alias) {
                    case "" -> Images.Whose.OWN_AND_SHARED;
                    case "self", "system" -> Images.Whose.OWN;
                    case "others" -> isPublic ? Images.Whose.PUBLIC : Images.Whose.SHARED;
                    case "community" -> Images.Whose.PUBLIC;
                    case "marketplace" -> Images.Whose.MARKET;
                    default -> throw new EcsException(ImageErrors.OWNER_ALIAS);
                };
        nothing |= alias.equals("system"); // those are the vendor's
        boolean others = alias.equals("others") || alias.equals("community");
        if (parameters.find("ImageOwnerId").isPresent() && !others) {
            throw new EcsException(ImageErrors.OWNER_ID);
        }
        if (isPublic && !alias.equals("others")) {
            throw new EcsException(ImageErrors.PUBLIC_OF_OTHERS);
        }
        return whose;
    }

    private Images.Whose whose(Images.Whose asked, Map<String, String> tags, Images.Traits traits) {
        boolean owners =
                !tags.isEmpty() || traits.group().isPresent() || traits.snapshot().isPresent();
        if (!owners || asked == Images.Whose.OWN) {
            return asked;
        }
        nothing |= asked != Images.Whose.OWN_AND_SHARED;
        return Images.Whose.OWN;
    }

    /// Of what machines there are nothing is known here, so any image suits any.
    private void checkTraits() {
        nothing |=
                ImageAsked.oneOf(parameters, "Usage", ImageErrors.USAGE, "instance", "none")
                        .equals(Optional.of("instance"));
        nothing |= !parameters.flag("IsSupportIoOptimized").orElse(true);
        nothing |= !parameters.flag("IsSupportCloudinit").orElse(true);
        ImageAsked.oneOf(parameters, "ActionType", ImageErrors.PARAMETER, "CreateEcs", "ChangeOS");
        parameters.flag("ShowExpired");
    }

    private Images.Traits traits() {
        return new Images.Traits(
                parameters.find("ImageName"),
                parameters.find("ImageFamily"),
                id("ResourceGroupId", ResourceGroupId::new),
                id("ImageOwnerId", ImageFilter::account),
                id("SnapshotId", SnapshotId::new),
                ImageAsked.oneOf(parameters, "OSType", ImageErrors.OS_TYPE, "linux", "windows"),
                ImageAsked.oneOf(
                        parameters,
                        "Architecture",
                        ImageErrors.ARCHITECTURE,
                        "i386",
                        "x86_64",
                        "arm64"),
                createdFrom,
                createdTo);
    }

    /// It is a number on the wire: leading zeros were lost.
    private static AccountId account(String number) {
        return new AccountId("0".repeat(Math.max(0, 16 - number.length())) + number);
    }

    /// What can't be an id names nothing: an empty answer, as at ECS, not an error.
    private <T> Optional<T> id(String name, Function<String, T> type) {
        try {
            return parameters.find(name).map(type);
        } catch (RefusedException _) {
            nothing = true;
            return Optional.empty();
        }
    }

    /// Unknown states, and those that no image here has, are names of nothing. No state at all means
    /// Available, or any if `Usable` says it more precisely; `ALL`, which stands alone, means any.
    private Set<Images.Status> statuses() {
        List<String> asked = new ArrayList<>(parameters.commas("Status"));
        Optional<Boolean> usable = parameters.flag("Usable");
        if (asked.isEmpty()) {
            asked.add(usable.isPresent() ? "ALL" : "Available");
        }
        Set<Images.Status> statuses = EnumSet.noneOf(Images.Status.class);
        for (Images.Status status : Images.Status.values()) {
            if (asked.contains(status.name()) || asked.equals(List.of("ALL"))) {
                statuses.add(status);
            }
        }
        usable.ifPresent(yes -> statuses.removeIf(it -> (it == Images.Status.Available) != yes));
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
                // as above
            }
        }
        nothing |= ids.isEmpty() && !asked.isEmpty();
        return ids;
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
                throw new EcsException(ImageErrors.FILTER_KEY);
            }
        }
    }

    private static void checkNetwork(String value) {
        if (!value.equals("vpc") && !value.equals("classic")) {
            throw new EcsException(ImageErrors.NETWORK_TYPE);
        }
    }

    private static Instant time(String value) {
        return Times.parse(value).orElseThrow(() -> new EcsException(ImageErrors.FILTER_VALUE));
    }
}
