package org.imageferry.ecs;

/// Errors that any action may have once it is known who calls.
///
/// Source: ECS API 2014-05-26, "Common error codes".
public final class CommonErrors {
    private CommonErrors() {}

    public static final EcsError UNKNOWN_REGION =
            new EcsError(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");
    public static final EcsError UNKNOWN_RESOURCE_GROUP =
            new EcsError(
                    404,
                    "InvalidResourceGroup.NotFound",
                    "The ResourceGroup provided does not exist in our records.");
    public static final EcsError TOKEN_MISMATCH =
            new EcsError(
                    400,
                    "IdempotentParameterMismatch",
                    "The request is retried with updated parameters.");
    public static final EcsError DRY_RUN_PASSED =
            new EcsError(
                    400,
                    "DryRunOperation",
                    "Request validation has been passed with DryRun flag set.");
    public static final EcsError INTERNAL =
            new EcsError(
                    500,
                    "InternalError",
                    "The request processing has failed due to some unknown error, exception or"
                            + " failure.");
    public static final EcsError UNAVAILABLE =
            new EcsError(
                    503,
                    "ServiceUnavailable",
                    "The request has failed due to a temporary failure of the server.");

    /// A parameter of the action itself. Source: D21, "Common error codes".
    public static EcsError missing(String parameter) {
        return new EcsError(
                400,
                "MissingParameter",
                "The input parameter \""
                        + parameter
                        + "\" that is mandatory for processing this request is not supplied.");
    }
}
