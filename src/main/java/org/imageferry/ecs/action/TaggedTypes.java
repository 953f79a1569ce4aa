package org.imageferry.ecs.action;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.domain.ResourceType;
import org.imageferry.ecs.EcsException;
import org.imageferry.ecs.TagErrors;

/// The values of ResourceType. Source: ECS API 2014-05-26, TagResources and ListTagResources; the values
/// are case-sensitive.
final class TaggedTypes {
    /// Known to ECS, but here is nothing of the kind.
    private static final Set<String> ABSENT =
            Set.of(
                    "instance",
                    "disk",
                    "securitygroup",
                    "volume",
                    "eni",
                    "ddh",
                    "ddhcluster",
                    "keypair",
                    "launchtemplate",
                    "reservedinstance",
                    "snapshotpolicy",
                    "elasticityassurance",
                    "capacityreservation",
                    "command",
                    "invocation",
                    "activation",
                    "managedinstance");

    private TaggedTypes() {}

    /// @return nothing for a type of which there is nothing here
    /// @throws EcsException if there is no such type
    static Optional<ResourceType> of(String text) {
        Optional<ResourceType> type =
                Stream.of(ResourceType.values()).filter(it -> it.text().equals(text)).findFirst();
        if (type.isEmpty() && !ABSENT.contains(text)) {
            throw new EcsException(TagErrors.UNKNOWN_RESOURCE_TYPE);
        }
        return type;
    }
}
