package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// The errors that have to do with keys, word for word.
///
/// Sources: ECS API 2014-05-26, "Error codes" of CopyImage and ExportImage; KMS API 2016-01-20, "Error
/// codes" of the actions on keys. `docs/reference/errors.md` tells when each arises.
public final class KeyErrors {
    private KeyErrors() {}

    // CopyImage
    public static final EcsError KEY_WITHOUT_ENCRYPTION =
            new EcsError(
                    400,
                    "InvalidParameter.EncryptedIllegal",
                    "The specified parameter Encrypted must be true when kmsKeyId is not empty.");
    public static final EcsError NO_KEY_SERVICE =
            new EcsError(
                    400,
                    "InvalidParameter.KmsNotEnabled",
                    "The specified operation need enable KMS.");
    public static final EcsError NO_CUSTOMER_KEYS =
            new EcsError(
                    403, "InvalidRegion.NotSupport", "The specified region does not support byok.");
    public static final EcsError CUSTOMER_KEYS_NOT_ALLOWED =
            new EcsError(403, "UserNotInTheWhiteList", "The user is not in byok white list.");
    public static final EcsError KEY_SERVICE_NOT_ALLOWED =
            new EcsError(
                    403,
                    "OperationDenied.KmsServiceUnauthorized",
                    "The account is not authorized to kms service, please authorize it.");
    public static final EcsError UNKNOWN_KEY =
            new EcsError(
                    404,
                    "InvalidParameter.KMSKeyId.NotFound",
                    "The specified KMSKeyId does not exist.");
    public static final EcsError KEY_NOT_ENABLED =
            new EcsError(
                    403, "InvalidParameter.KMSKeyId.CMKNotEnabled", "The CMK needs to be enabled.");
    public static final EcsError KEY_NOT_GRANTED =
            new EcsError(
                    403,
                    "InvalidParameter.KMSKeyId.KMSUnauthorized",
                    "ECS service have no right to access your KMS.");
    public static final EcsError NO_DATA_KEY =
            new EcsError(
                    403,
                    "InvalidParameter.DataEncryptedKeyCreateFailed",
                    "Create kms data encrypted key fail. If you need further assistance, you can"
                            + " contact the KMS Technical Support.");
    public static final EcsError ENCRYPTED_SOURCE =
            new EcsError(
                    403,
                    "OperationDeined.EncryptedSnapshot",
                    "The image contains encrypted snapshots, which do not support copying.");
    public static final EcsError MUST_BE_ENCRYPTED =
            new EcsError(
                    403,
                    "InvalidEncrypted.NotMatchDiskDefaultEncryption",
                    "The specified parameter Encrypted not match for your account default"
                            + " encryption settings.");

    // ModifyImageSharePermission
    public static final EcsError ENCRYPTED_SHARE =
            new EcsError(
                            403,
                            "OperationDeined.EncryptedSnapshot",
                            "The image contains encrypted snapshots, which do not support share.")
                    .advising(
                            "What a service key encrypts is its account's alone, and nothing that is"
                                    + " encrypted is everybody's: copy it under a key that you have"
                                    + " made, and share that copy with accounts.");

    // ExportImage
    public static final EcsError ENCRYPTED_EXPORT =
            new EcsError(
                    400,
                    "ImageNotSupported",
                    "The specified Image contains encrypted snapshots, do not support export.");

    // KMS
    public static final EcsError NO_SUCH_KEY =
            new EcsError(404, "Forbidden.KeyNotFound", "The specified Key is not found.");
    public static final EcsError NO_SUCH_ALIAS =
            new EcsError(404, "Forbidden.AliasNotFound", "The specified Alias is not found.");
    public static final EcsError ALIAS_TAKEN =
            new EcsError(409, "Forbidden.AlreadyExists", "The specified Alias already exists.");
    public static final EcsError TOO_MANY_KEYS =
            new EcsError(
                    409,
                    "Rejected.LimitExceeded",
                    "The request was rejected because the limit of keys was exceeded.");
    public static final EcsError KEY_STATE =
            new EcsError(409, "Rejected.StateModifiedFailed", "Keystate modified failed.");
    public static final EcsError SERVICE_KEY =
            new EcsError(400, "Rejected.UnsupportedOperation", "Unsupported operation.");
    public static final EcsError PARAMETER =
            new EcsError(400, "InvalidParameter", "The specified parameter is not valid.");

    static EcsError of(Refusal.OfKeys refusal) {
        return switch (refusal) {
            case Refusal.NoKeyService _ -> NO_KEY_SERVICE;
            case Refusal.KeyWithoutEncryption _ -> KEY_WITHOUT_ENCRYPTION;
            case Refusal.NoCustomerKeys _ -> NO_CUSTOMER_KEYS;
            case Refusal.CustomerKeysNotAllowed _ -> CUSTOMER_KEYS_NOT_ALLOWED;
            case Refusal.KeyServiceNotAllowed _ -> KEY_SERVICE_NOT_ALLOWED;
            case Refusal.UnknownKey it -> UNKNOWN_KEY.advising("There is no key " + it.key() + ".");
            case Refusal.KeyStateForbids it ->
                    KEY_STATE.advising("The key " + it.key() + " is " + it.state() + ".");
            case Refusal.KeyNotUsable it ->
                    KEY_NOT_ENABLED.advising("Enable the key " + it.key() + " first.");
            case Refusal.KeyNotGranted it ->
                    KEY_NOT_GRANTED.advising("Grant the image service key " + it.key() + ".");
            case Refusal.ServiceKey it ->
                    SERVICE_KEY.advising("The key " + it.key() + " is the service's own.");
            case Refusal.TooManyKeys _ -> TOO_MANY_KEYS;
            case Refusal.AliasTaken _ -> ALIAS_TAKEN;
            case Refusal.UnknownAlias _ -> NO_SUCH_ALIAS;
            case Refusal.NoDataKey it -> NO_DATA_KEY.advising(it.reason());
            case Refusal.EncryptedSource _ -> ENCRYPTED_SOURCE;
            case Refusal.EncryptedExport _ -> ENCRYPTED_EXPORT;
            case Refusal.EncryptedShare _ -> ENCRYPTED_SHARE;
            case Refusal.MustBeEncrypted _ -> MUST_BE_ENCRYPTED;
        };
    }
}
