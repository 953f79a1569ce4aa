package org.imageferry.ecs;

import org.eclipse.jetty.http.HttpStatus;

/// The errors of the wire, word for word, by what we call them.
///
/// Sources: ECS API 2014-05-26, "Error codes" of the page named above each group; where an action's
/// page has other words for one, the action has them. `docs/reference/errors.md` tells when each arises.
public final class EcsErrors {
    private EcsErrors() {}

    // CopyImage
    public static final EcsError IMAGE_NAME =
            error(400, "InvalidImageName.Malformed", "The specified Image name is wrongly formed.");
    public static final EcsError DESTINATION_IMAGE_NAME =
            IMAGE_NAME.saying("The specified destination Image name is wrongly formed.");
    public static final EcsError DESCRIPTION =
            error(
                    400,
                    "InvalidDescription.Malformed",
                    "The specified description is wrongly formed.");
    public static final EcsError DESTINATION_DESCRIPTION =
            DESCRIPTION.saying("The specified destination description is wrongly formed.");
    public static final EcsError UNKNOWN_SOURCE_REGION =
            error(400, "SourceRegion.NotFound", "The source region not found");
    public static final EcsError UNKNOWN_DESTINATION_REGION =
            error(400, "DestinationRegion.NotFound", "The destination region not found");
    public static final EcsError UNKNOWN_IMAGE =
            error(404, "InvalidImageId.NotFound", "The specified ImageId does not exist.");
    public static final EcsError IMAGE_NOT_AVAILABLE =
            error(400, "IncorrectImageStatus", "The image not available.");
    public static final EcsError SOURCE_SNAPSHOT_MISSING =
            error(400, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
    public static final EcsError NAME_TAKEN =
            error(400, "InvalidImageName.Duplicated", "The destination image is exist.");
    public static final EcsError IMAGE_COPYING =
            error(403, "OperationDenied.ImageCopying", "The Image are coping.");
    public static final EcsError SAME_REGION =
            error(
                    403,
                    "IncorrectDestinationRegion",
                    "The destination region is not equal the target region.");
    public static final EcsError IMAGE_TOO_LARGE =
            error(
                    403,
                    "SizeExceed.Image",
                    "The image exceeds the maximum size. Please open a ticket to add the account to"
                            + " the white list.");
    public static final EcsError KEY_WITHOUT_ENCRYPTION =
            error(
                    400,
                    "InvalidParameter.EncryptedIllegal",
                    "The specified parameter Encrypted must be true when kmsKeyId is not empty.");
    public static final EcsError NO_KEY_SERVICE =
            error(
                    400,
                    "InvalidParameter.KmsNotEnabled",
                    "The specified operation need enable KMS.");
    public static final EcsError ALGORITHM_WITHOUT_ENCRYPTION =
            error(
                    400,
                    "InvalidEncrypted.NotMatchEncryptAlgorithm",
                    "The specified parameter Encrypted must be true when EncryptAlgorithm is not"
                            + " empty.");
    public static final EcsError ENCRYPT_ALGORITHM =
            error(
                    400,
                    "InvalidEncryptAlgorithm",
                    "The specified parameter EncryptAlgorithm is not valid.");
    public static final EcsError UNKNOWN_RESOURCE_GROUP =
            error(
                    404,
                    "InvalidResourceGroup.NotFound",
                    "The ResourceGroup provided does not exist in our records.");

    // CancelCopyImage
    public static final EcsError NOT_A_COPY =
            error(
                    400,
                    "ImageCreatedNotFromCopy",
                    "The specified image is not the target image of a copy action.");
    public static final EcsError COPY_COMPLETED =
            error(400, "IncorrectImageStatus", "The image has completed copy.");
    public static final EcsError COPY_FAILED =
            error(400, "IncorrectImageStatus", "The Image copy has been failed.");
    public static final EcsError UNKNOWN_REGION =
            error(404, "InvalidRegionId.NotFound", "The specified RegionId does not exist.");

    // CreateImage and TagResources, whose tags have the same rules
    public static final EcsError TAG_KEY =
            error(400, "InvalidTagKey.Malformed", "The specified Tag.n.Key is not valid.");
    public static final EcsError TAG_VALUE =
            error(400, "InvalidTagValue.Malformed", "The specified Tag.n.Value is not valid.");
    public static final EcsError TAG_TWICE =
            error(400, "Duplicate.TagKey", "The Tag.N.Key contain duplicate key.");
    public static final EcsError TAG_COUNT =
            error(400, "InvalidTagCount", "The specified tags are beyond the permitted range.");
    public static final EcsError TAG_WITHOUT_KEY =
            error(
                    400,
                    "InvalidTag.Mismatch",
                    "The specified Tag.n.Key and Tag.n.Value are not match.");

    // ImportImage and ExportImage
    public static final EcsError IMAGE_IMPORTING =
            error(403, "ImageIsImporting", "The specified Image is importing.");
    public static final EcsError IMAGE_EXPORTING =
            error(403, "ImageIsExporting", "The specified Image is exporting.");
    public static final EcsError IMAGE_FORMAT =
            error(
                    400,
                    "InvalidImageFormat.Malformed",
                    "The specified Image Format is wrongly formed.");
    public static final EcsError UNKNOWN_BUCKET =
            error(
                    400,
                    "InvalidOSSBucket.NotFound",
                    "The specified OSS bucket does not exist in this region.");
    public static final EcsError UNKNOWN_OBJECT =
            error(
                    400,
                    "InvalidOSSObject.NotFound",
                    "The specified OSS object does not exist in this region.");
    public static final EcsError OBJECT_KEY =
            error(400, "InvalidOSSObject.Malformed", "The specified OSS object is wrongly formed.");

    // CancelTask and DeleteSnapshot
    public static final EcsError UNKNOWN_TASK =
            error(400, "InvalidTaskId.NotFound", "The specified \"TaskId\" is not found.");
    public static final EcsError TASK_ENDED =
            error(
                    403,
                    "InvalidTaskId.IncorrectTaskStatus",
                    "The specified task status is not invalid.");
    public static final EcsError TASK_NOT_CANCELLABLE =
            error(
                    403,
                    "InvalidTaskId.TaskActionNotSupport",
                    "The specified task action not support.");
    public static final EcsError UNKNOWN_SNAPSHOT =
            error(404, "InvalidSnapshotId.NotFound", "The specified SnapshotId does not exist.");
    public static final EcsError SNAPSHOT_IN_USE =
            error(
                    403,
                    "SnapshotCreatedImage",
                    "The snapshot has been used to create user defined image(s).");

    // The gateway's, common to all actions
    public static final EcsError UNKNOWN_ACTION =
            error(
                    404,
                    "InvalidAction.NotFound",
                    "Specified api is not found, please check your url and method.");
    public static final EcsError UNKNOWN_VERSION =
            error(400, "InvalidVersion", "Specified parameter Version is not valid.");
    public static final EcsError HTTP_METHOD =
            error(400, "UnsupportedHTTPMethod", "This HTTP method is not supported.");
    public static final EcsError PARAMETER_FORMAT =
            error(400, "InvalidParameter.Format", "Specified parameter format is not valid.");
    public static final EcsError UNKNOWN_ACCESS_KEY =
            error(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    public static final EcsError INACTIVE_ACCESS_KEY =
            error(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
    public static final EcsError TIME_FORMAT =
            error(
                    400,
                    "InvalidTimeStamp.Format",
                    "Specified time stamp or date value is not well formatted.");
    public static final EcsError TIME_EXPIRED =
            error(
                    400,
                    "InvalidTimeStamp.Expired",
                    "Specified time stamp or date value is expired.");
    public static final EcsError NONCE_USED =
            error(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    public static final EcsError SIGNATURE_METHOD =
            error(
                    400,
                    "InvalidSignatureMethod",
                    "Specified parameter SignatureMethod is not valid.");
    public static final EcsError SECURITY_TOKEN =
            error(
                    400,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.");
    public static final EcsError TOKEN_MISMATCH =
            error(
                    400,
                    "IdempotentParameterMismatch",
                    "The request is retried with updated parameters.");
    public static final EcsError DRY_RUN_PASSED =
            error(
                    400,
                    "DryRunOperation",
                    "Request validation has been passed with DryRun flag set.");
    public static final EcsError INTERNAL =
            error(
                    500,
                    "InternalError",
                    "The request processing has failed due to some unknown error, exception or"
                            + " failure.");
    public static final EcsError UNAVAILABLE =
            error(
                    503,
                    "ServiceUnavailable",
                    "The request has failed due to a temporary failure of the server.");

    // Ours: uploads have no action at ECS, and HTTP's own errors no code there
    public static final EcsError UPLOAD_MISMATCH =
            error(409, "UploadMismatch", "The upload does not fit what was announced.");
    public static final EcsError RANGE =
            error(416, "InvalidRange", "The specified Range can't be read.");

    /// HTTP's own errors, which come from before a request is one of ours.
    static EcsError http(int status) {
        return error(status, "HttpError", HttpStatus.getMessage(status));
    }

    static EcsError tooLarge(long most) {
        return error(
                413,
                "RequestEntityTooLarge",
                "The request body is longer than " + most + " bytes.");
    }

    /// A parameter of the action itself. Source: D21, "Common error codes".
    public static EcsError missing(String parameter) {
        return error(
                400,
                "MissingParameter",
                "The input parameter \""
                        + parameter
                        + "\" that is mandatory for processing this request is not supplied.");
    }

    /// A parameter of the gateway, which has a code of its own for each.
    static EcsError missingCommon(String parameter) {
        return error(400, "Missing" + parameter, parameter + " is mandatory for this action.");
    }

    /// The words matter: the vendor's clients read what follows the colon and, when it is what they
    /// signed themselves, say that the secret is wrong.
    static EcsError signature(String stringToSign) {
        return error(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:"
                        + stringToSign);
    }

    static EcsError incompleteSignature(String advice) {
        return error(
                        400,
                        "IncompleteSignature",
                        "The request signature does not conform to Aliyun standards.")
                .advising(advice);
    }

    private static EcsError error(int status, String code, String message) {
        return new EcsError(status, code, message);
    }
}
