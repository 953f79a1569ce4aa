package org.imageferry.ecs;

import org.imageferry.domain.Refusal;

/// The errors about who may do what, word for word, by what we call them.
///
/// Sources: ECS API 2014-05-26, "Common error codes" and CopyImage; for users, keys and policies RAM API
/// 2015-05-01, "Error codes"; Alibaba Cloud's gateway for tokens. What is about accounts is ours, in the
/// manner of RAM. `docs/reference/errors.md` tells when each arises.
public final class AccessErrors {
    private AccessErrors() {}

    public static final EcsError FORBIDDEN =
            error(
                    403,
                    "Forbidden.RAM",
                    "User not authorized to operate on the specified resource, or this API doesn't"
                            + " support RAM.");

    /// CopyImage's own; the spelling is theirs.
    public static final EcsError COPY_FORBIDDEN =
            error(403, "Forbbiden", "User not authorized to operate on the specified resource.");

    public static final EcsError ACCOUNT_DELETED =
            error(401, "InvalidAliUid.IsNull", "The aliUid must not be null");
    public static final EcsError TOKEN_EXPIRED =
            error(400, "InvalidSecurityToken.Expired", "Specified SecurityToken is expired.");
    public static final EcsError TOKEN_MALFORMED =
            error(400, "InvalidSecurityToken.Malformed", "Specified SecurityToken is malformed.");
    public static final EcsError TOKEN_OF_ANOTHER_KEY =
            error(
                    400,
                    "InvalidSecurityToken.MismatchWithAccessKey",
                    "Specified SecurityToken mismatch with the AccessKey.");
    public static final EcsError THROTTLED =
            error(400, "Throttling.User", "Request was denied due to user flow control.");
    public static final EcsError OWNER_TWICE =
            error(400, "InvalidOwner", "OwnerId and OwnerAccount can’t be used at one API access.");
    // no page at hand has the words of these two, so they are ours
    public static final EcsError OWNER_ID =
            error(400, "InvalidOwnerId", "The specified OwnerId is invalid.");
    public static final EcsError OWNER_ACCOUNT =
            error(400, "InvalidOwnerAccount", "The specified OwnerAccount is invalid.");

    /// DescribeEndpoints' own, of the Location API.
    public static final EcsError UNKNOWN_LOCATION =
            error(400, "InvalidRegionId", "The specified region does not exist.");

    // Users, keys and policies
    public static final EcsError UNKNOWN_USER =
            error(404, "EntityNotExist.User", "The user does not exist.");
    public static final EcsError USER_NAME_TAKEN =
            error(409, "EntityAlreadyExists.User", "The user already exists.");
    public static final EcsError USER_NAME =
            error(400, "InvalidParameter.UserName.InvalidChars", "The user name is invalid.");
    public static final EcsError UNKNOWN_USER_KEY =
            error(404, "EntityNotExist.User.AccessKey", "The access key does not exist.");
    public static final EcsError UNKNOWN_POLICY =
            error(404, "EntityNotExist.Policy", "The policy does not exist.");
    public static final EcsError POLICY_NAME =
            error(400, "InvalidParameter.PolicyName.InvalidChars", "The policy name is invalid.");
    public static final EcsError POLICY_DOCUMENT =
            error(400, "MalformedPolicyDocument", "The policy document is malformed.");
    public static final EcsError TOO_MANY =
            error(409, "LimitExceeded", "There are as many as there may be.");

    // Accounts
    public static final EcsError UNKNOWN_ACCOUNT =
            error(404, "EntityNotExist.Account", "The account does not exist.");
    public static final EcsError ACCOUNT_NAME =
            error(400, "InvalidParameter.AccountName", "The account name is invalid.");
    public static final EcsError ACCOUNT_NAME_TAKEN =
            error(409, "EntityAlreadyExists.Account", "The account already exists.");
    public static final EcsError ACCOUNT_IN_USE =
            error(
                    409,
                    "DeleteConflict.Account",
                    "The account has images, snapshots or open tasks.");
    public static final EcsError LAST_ADMINISTRATOR =
            error(
                    409,
                    "DeleteConflict.Account.LastAdministrator",
                    "The account is the only administrator.");
    public static final EcsError OWN_ACCOUNT =
            error(
                    409,
                    "DeleteConflict.Account.Self",
                    "An account can not be deleted by its own access keys.");

    static EcsError of(Refusal.Access refusal) {
        return switch (refusal) {
            case Refusal.Access.Forbidden it -> forbidden(FORBIDDEN, it);
            case Refusal.Access.TokenMalformed _ -> TOKEN_MALFORMED;
            case Refusal.Access.TokenOfAnotherKey _ -> TOKEN_OF_ANOTHER_KEY;
            case Refusal.Access.MalformedPolicy it -> POLICY_DOCUMENT.advising(it.reason());
            case Refusal.Access.UnknownUser _ -> UNKNOWN_USER;
            case Refusal.Access.UserNameTaken _ -> USER_NAME_TAKEN;
            case Refusal.Access.UnknownAccessKey _ -> UNKNOWN_USER_KEY;
            case Refusal.Access.UnknownPolicy _ -> UNKNOWN_POLICY;
            case Refusal.Access.TooMany it ->
                    TOO_MANY.advising("There may be " + it.most() + " " + it.what() + ".");
            case Refusal.Access.UnknownAccount _ -> UNKNOWN_ACCOUNT;
            case Refusal.Access.AccountNameTaken _ -> ACCOUNT_NAME_TAKEN;
            case Refusal.Access.AccountInUse _ -> ACCOUNT_IN_USE;
            case Refusal.Access.LastAdministrator _ -> LAST_ADMINISTRATOR;
            case Refusal.Access.OwnAccount _ -> OWN_ACCOUNT;
        };
    }

    /// What the caller asked for itself, no more: nothing about what there is.
    public static EcsError forbidden(EcsError error, Refusal.Access.Forbidden refusal) {
        return error.advising("No policy allows " + refusal.what() + ", or one denies it.");
    }

    private static EcsError error(int status, String code, String message) {
        return new EcsError(status, code, message);
    }
}
