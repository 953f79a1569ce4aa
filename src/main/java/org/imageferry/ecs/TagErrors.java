package org.imageferry.ecs;

/// What is refused about tags.
///
/// Source: ECS API 2014-05-26, CreateImage and TagResources, "Error codes".
public final class TagErrors {
    private TagErrors() {}

    public static final EcsError TAG_KEY =
            new EcsError(400, "InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.");
    public static final EcsError TAG_VALUE =
            new EcsError(
                    400, "InvalidTagValue.Malformed", "The specified Tag.n.Value is not valid.");
    public static final EcsError TAG_TWICE =
            new EcsError(400, "Duplicate.TagKey", "The Tag.N.Key contain duplicate key.");
    public static final EcsError TAG_COUNT =
            new EcsError(
                    400, "InvalidTagCount", "The specified tags are beyond the permitted range.");
    public static final EcsError TAG_WITHOUT_KEY =
            new EcsError(
                    400,
                    "InvalidTag.Mismatch",
                    "The specified Tag.n.Key and Tag.n.Value are not match.");
}
