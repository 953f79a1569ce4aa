package org.imageferry.ecs;

import static org.imageferry.ecs.EcsErrorTest.row;

import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.UserName;

/// The rows of [EcsErrorTest] about who may do what.
final class AccessRefusals {
    private AccessRefusals() {}

    static Stream<EcsErrorTest.Row> rows() {
        return Stream.concat(ofAccess(), ofAccounts());
    }

    private static Stream<EcsErrorTest.Row> ofAccess() {
        UserName user = new UserName("eve");
        return Stream.of(
                row(
                        new Refusal.Access.Forbidden("ecs:DeleteImage on it"),
                        "403 Forbidden.RAM",
                        "User not authorized to operate on the specified resource, or this API"
                                + " doesn't support RAM."),
                row(
                        new Refusal.Access.TokenMalformed(),
                        "400 InvalidSecurityToken.Malformed",
                        "Specified SecurityToken is malformed."),
                row(
                        new Refusal.Access.TokenOfAnotherKey(),
                        "400 InvalidSecurityToken.MismatchWithAccessKey",
                        "Specified SecurityToken mismatch with the AccessKey."),
                row(
                        new Refusal.Access.MalformedPolicy("no Condition"),
                        "400 MalformedPolicyDocument",
                        "The policy document is malformed."),
                row(
                        new Refusal.Access.UnknownUser(user),
                        "404 EntityNotExist.User",
                        "The user does not exist."),
                row(
                        new Refusal.Access.UserNameTaken(user),
                        "409 EntityAlreadyExists.User",
                        "The user already exists."),
                row(
                        new Refusal.Access.UnknownAccessKey("LTAI"),
                        "404 EntityNotExist.User.AccessKey",
                        "The access key does not exist."),
                row(
                        new Refusal.Access.UnknownPolicy(new PolicyName("all")),
                        "404 EntityNotExist.Policy",
                        "The policy does not exist."),
                row(
                        new Refusal.Access.TooMany("access keys", 5),
                        "409 LimitExceeded",
                        "There are as many as there may be."));
    }

    private static Stream<EcsErrorTest.Row> ofAccounts() {
        AccountId account = EdgeScene.ACCOUNT;
        return Stream.of(
                row(
                        new Refusal.Access.UnknownAccount("1"),
                        "404 EntityNotExist.Account",
                        "The account does not exist."),
                row(
                        new Refusal.Access.AccountNameTaken(new AccountName("first")),
                        "409 EntityAlreadyExists.Account",
                        "The account already exists."),
                row(
                        new Refusal.Access.AccountInUse(account),
                        "409 DeleteConflict.Account",
                        "The account has images, snapshots or open tasks."),
                row(
                        new Refusal.Access.LastAdministrator(account),
                        "409 DeleteConflict.Account.LastAdministrator",
                        "The account is the only administrator."),
                row(
                        new Refusal.Access.OwnAccount(account),
                        "409 DeleteConflict.Account.Self",
                        "An account can not be deleted by its own access keys."));
    }
}
