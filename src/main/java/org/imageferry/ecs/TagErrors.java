package org.imageferry.ecs;

/// What is refused about tags.
///
/// Source: ECS API 2014-05-26, CreateImage, TagResources, UntagResources and ListTagResources, "Error
/// codes".
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
    public static final EcsError TOO_MANY_TAGS =
            new EcsError(
                    400, "NumberExceed.Tags", "The Tags parameter's number is exceed , Valid : 20");
    public static final EcsError TAG_QUOTA =
            new EcsError(
                    400,
                    "OperationDenied.QuotaExceed",
                    "The quota of tags on resource is beyond permitted range.");
    public static final EcsError TOO_MANY_RESOURCES =
            new EcsError(
                    400,
                    "NumberExceed.ResourceIds",
                    "The ResourceIds parameter's number is exceed , Valid : 50");
    public static final EcsError UNKNOWN_RESOURCE =
            new EcsError(
                    404,
                    "InvalidResourceId.NotFound",
                    "The specified ResourceIds are not found in our records.");
    public static final EcsError UNKNOWN_RESOURCE_TYPE =
            new EcsError(
                    404,
                    "InvalidResourceType.NotFound",
                    "The ResourceType provided does not exist in our records.");

    /// The page names the code only, so the words are ours. Source: ListTagResources, Tag.N.Key.
    public static final EcsError VALUE_WITHOUT_KEY =
            new EcsError(
                    400,
                    "InvalidParameter.TagValue",
                    "The specified Tag.n.Value can not stand without Tag.n.Key.");

    /// The actions about tags have codes of their own for what is missing.
    public static final EcsError NO_TYPE = missing("ResourceType");

    public static final EcsError NO_TAGS = missing("Tags");
    public static final EcsError NO_REGION = missing("RegionId");

    private static EcsError missing(String parameter) {
        return new EcsError(
                404,
                "MissingParameter." + parameter,
                "The parameter - " + parameter + " should not be null");
    }
}
