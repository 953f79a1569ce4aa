package org.imageferry.ecs;

import org.eclipse.jetty.http.HttpStatus;

/// Errors from before an action is found and its caller known: the gateway's, and HTTP's own.
///
/// Source: the gateway's list of error codes, common to all products.
public final class GatewayErrors {
    private GatewayErrors() {}

    public static final EcsError UNKNOWN_ACTION =
            new EcsError(
                    404,
                    "InvalidAction.NotFound",
                    "Specified api is not found, please check your url and method.");
    public static final EcsError UNKNOWN_VERSION =
            new EcsError(400, "InvalidVersion", "Specified parameter Version is not valid.");
    public static final EcsError HTTP_METHOD =
            new EcsError(400, "UnsupportedHTTPMethod", "This HTTP method is not supported.");
    public static final EcsError PARAMETER_FORMAT =
            new EcsError(
                    400, "InvalidParameter.Format", "Specified parameter format is not valid.");
    public static final EcsError UNKNOWN_ACCESS_KEY =
            new EcsError(404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
    public static final EcsError INACTIVE_ACCESS_KEY =
            new EcsError(400, "InvalidAccessKeyId.Inactive", "Specified access key is disabled.");
    public static final EcsError TIME_FORMAT =
            new EcsError(
                    400,
                    "InvalidTimeStamp.Format",
                    "Specified time stamp or date value is not well formatted.");
    public static final EcsError TIME_EXPIRED =
            new EcsError(
                    400,
                    "InvalidTimeStamp.Expired",
                    "Specified time stamp or date value is expired.");
    public static final EcsError NONCE_USED =
            new EcsError(400, "SignatureNonceUsed", "Specified signature nonce was used already.");
    public static final EcsError SIGNATURE_METHOD =
            new EcsError(
                    400,
                    "InvalidSignatureMethod",
                    "Specified parameter SignatureMethod is not valid.");

    /// HTTP's own errors, which come from before a request is one of ours.
    static EcsError http(int status) {
        return new EcsError(status, "HttpError", HttpStatus.getMessage(status));
    }

    static EcsError tooLarge(long most) {
        return new EcsError(
                413,
                "RequestEntityTooLarge",
                "The request body is longer than " + most + " bytes.");
    }

    /// A parameter of the gateway, which has a code of its own for each.
    static EcsError missingCommon(String parameter) {
        return new EcsError(
                400, "Missing" + parameter, parameter + " is mandatory for this action.");
    }

    /// The words matter: the vendor's clients read what follows the colon and, when it is what they
    /// signed themselves, say that the secret is wrong.
    static EcsError signature(String stringToSign) {
        return new EcsError(
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:"
                        + stringToSign);
    }

    static EcsError incompleteSignature(String advice) {
        return new EcsError(
                        400,
                        "IncompleteSignature",
                        "The request signature does not conform to Aliyun standards.")
                .advising(advice);
    }
}
