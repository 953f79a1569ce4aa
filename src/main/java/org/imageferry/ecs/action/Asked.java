package org.imageferry.ecs.action;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.imageferry.copy.ClientToken;
import org.imageferry.copy.RegionMap;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.TaskId;
import org.imageferry.ecs.CommonErrors;
import org.imageferry.ecs.EcsError;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.GatewayErrors;
import org.imageferry.ecs.GroupErrors;
import org.imageferry.ecs.Parameters;
import org.imageferry.ecs.Sha256;
import org.imageferry.ecs.TagErrors;

/// Reads the parameters that several actions have.
final class Asked {
    private static final int MOST_TOKEN_CHARS = 64;

    /// They differ between a request and its repeat, or do not say what is asked. Source: ECS API,
    /// "How to ensure idempotence".
    private static final Set<String> NOT_COUNTED =
            Set.of(
                    "Action",
                    "Version",
                    "Format",
                    "AccessKeyId",
                    "SecurityToken",
                    "Signature",
                    "SignatureMethod",
                    "SignatureNonce",
                    "SignatureType",
                    "SignatureVersion",
                    "Timestamp",
                    "ClientToken",
                    "OwnerAccount",
                    "OwnerId",
                    "ResourceOwnerAccount",
                    "ResourceOwnerId");

    private Asked() {}

    /// The `RegionId`, which must be one that is configured.
    static RegionId region(Parameters parameters, RegionMap regions) {
        RegionId region = new RegionId(parameters.require("RegionId"));
        if (regions.find(region).isEmpty()) {
            throw new RefusedException(new Refusal.UnknownRegion(region));
        }
        return region;
    }

    /// The region's own, or all that are configured.
    static Iterable<RegionId> regions(Parameters parameters, RegionMap regions) {
        return parameters.find("RegionId").isPresent()
                ? Set.of(region(parameters, regions))
                : regions.all().stream().map(each -> each.id()).toList();
    }

    static ImageId image(Parameters parameters) {
        return new ImageId(parameters.require("ImageId"));
    }

    static TaskId task(Parameters parameters) {
        return new TaskId(parameters.require("TaskId"));
    }

    /// A value that is refused with this error where its type refuses it.
    static <T> T parse(String text, Function<String, T> type, EcsError error) {
        try {
            return type.apply(text);
        } catch (RefusedException _) {
            throw new EcsException(error);
        }
    }

    /// Refuses a value that is none of these, in any case; none at all is fine.
    static void oneOf(Parameters parameters, String name, EcsError error, String... values) {
        String value = parameters.text(name);
        if (!value.isEmpty() && Stream.of(values).noneMatch(value::equalsIgnoreCase)) {
            throw new EcsException(
                    error.advising(name + " is one of " + String.join(", ", values) + "."));
        }
    }

    static Tags tags(Parameters parameters) {
        Map<String, String> tags = new LinkedHashMap<>();
        parameters
                .list("Tag")
                .values()
                .forEach(tag -> {
                    String value = tag.getOrDefault("Value", "");
                    if (tags.putIfAbsent(tag.getOrDefault("Key", ""), value) != null) {
                        throw new EcsException(TagErrors.TAG_TWICE);
                    }
                });
        return new Tags(tags);
    }

    static ResourceGroupId group(Parameters parameters) {
        return new ResourceGroupId(parameters.require("ResourceGroupId"));
    }

    /// The error of an action of ResourceManager, which has a code of its own for an unknown group.
    static EcsError groupError(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().equals(CommonErrors.UNKNOWN_RESOURCE_GROUP.code())
                ? GroupErrors.UNKNOWN_GROUP.advising(error.advice())
                : error;
    }

    /// The group that something is to be in, if one is said. What can't be a group's id names none.
    static Optional<ResourceGroupId> wantedGroup(Parameters parameters) {
        return parameters.find("ResourceGroupId").map(ResourceGroupId::new);
    }

    static Optional<ClientToken> token(Parameters parameters) {
        return parameters.find("ClientToken").map(token -> token(token, parameters));
    }

    private static ClientToken token(String token, Parameters parameters) {
        boolean ascii = token.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!ascii || token.length() > MOST_TOKEN_CHARS) {
            throw new EcsException(
                    GatewayErrors.PARAMETER_FORMAT.advising(
                            "ClientToken has at most " + MOST_TOKEN_CHARS + " ASCII characters."));
        }
        return new ClientToken(token, digest(parameters));
    }

    /// Each name and value with its length before it, so that no two sets give one text.
    private static Digest digest(Parameters parameters) {
        StringBuilder text = new StringBuilder();
        parameters
                .all()
                .forEach((name, value) -> {
                    if (!NOT_COUNTED.contains(name) && !value.isEmpty()) {
                        text.append(name.length()).append(':').append(name);
                        text.append(value.length()).append(':').append(value);
                    }
                });
        return Sha256.of(text.toString());
    }

    /// The error of an action that makes or shows tasks: there an unknown region has another status. Source: ImportImage, ExportImage,
    /// DescribeTasks, DescribeTaskAttribute, CancelTask, "Error codes".
    static EcsError taskError(Refusal refusal) {
        EcsError error = EcsError.of(refusal);
        return error.code().equals(CommonErrors.UNKNOWN_REGION.code())
                ? new EcsError(400, error.code(), error.message(), error.advice())
                : error;
    }
}
