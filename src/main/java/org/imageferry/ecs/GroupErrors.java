package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// What is refused about resource groups.
///
/// Sources: ResourceManager API 2020-03-31, CreateResourceGroup, "Error codes"; ECS API 2014-05-26,
/// JoinResourceGroup, "Error codes". Where we know of no words of theirs, they are ours: of the codes
/// from [#GROUP_EXISTS] on to [#GROUP_STANDARD].
public final class GroupErrors {
    private GroupErrors() {}

    // ResourceManager
    public static final EcsError GROUP_NAME =
            new EcsError(400, "InvalidParameter.Name.InvalidChars", "The Name is invalid.");
    public static final EcsError GROUP_NAME_LENGTH =
            new EcsError(
                    400, "InvalidParameter.Name.Length", "The maximum length of Name is exceeded.");
    public static final EcsError NO_DISPLAY_NAME =
            new EcsError(400, "MissingParameter.DisplayName", "You must specify DisplayName.");
    public static final EcsError DISPLAY_NAME_LENGTH =
            new EcsError(
                    400,
                    "InvalidParameter.DisplayName.Length",
                    "The maximum length of DisplayName is exceeded.");
    public static final EcsError GROUP_EXISTS =
            new EcsError(
                    409, "EntityAlreadyExists.ResourceGroup", "The resource group already exists.");
    public static final EcsError UNKNOWN_GROUP =
            new EcsError(
                    404, "EntityNotExists.ResourceGroup", "The resource group does not exist.");
    public static final EcsError TOO_MANY_GROUPS =
            new EcsError(
                    409,
                    "LimitExceeded.ResourceGroup",
                    "The maximum number of resource groups is exceeded.");
    public static final EcsError GROUP_NOT_EMPTY =
            new EcsError(
                    409,
                    "DeleteConflict.ResourceGroup.Resource",
                    "The resource group contains resources.");
    public static final EcsError GROUP_STANDARD =
            new EcsError(
                    409,
                    "DeleteConflict.ResourceGroup.Default",
                    "The default resource group can not be deleted.");

    // JoinResourceGroup
    public static final EcsError UNKNOWN_JOINED =
            TagErrors.UNKNOWN_RESOURCE.saying(
                    "The ResourceId provided does not exist in our records.");
    public static final EcsError IN_GROUP =
            new EcsError(
                    403,
                    "InvalidResourceGroup.Duplicate",
                    "The ResourceId provided has a ResourceGroup in our records.");

    static EcsError of(Refusal.Grouping refusal) {
        return switch (refusal) {
            case Refusal.Grouping.NameTaken _ -> GROUP_EXISTS;
            case Refusal.Grouping.TooMany it ->
                    TOO_MANY_GROUPS.advising("The account may have " + it.most() + ".");
            case Refusal.Grouping.NotEmpty _ ->
                    GROUP_NOT_EMPTY.advising(
                            "Put its images and snapshots into another group, or delete them.");
            case Refusal.Grouping.Standard _ -> GROUP_STANDARD;
            case Refusal.Grouping.InIt _ -> IN_GROUP;
        };
    }
}
