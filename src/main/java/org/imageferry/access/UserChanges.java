package org.imageferry.access;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.PolicyName;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;
import org.imageferry.records.UserRecord;

/// Creates and deletes the users of an account, and puts and takes away their policies.
///
/// Every change takes the account it is about: nothing for the caller's own, and others only from an
/// administrator; else it is refused with `Forbidden`, and with `UnknownAccount` if there is none.
public final class UserChanges {
    public static final int MOST_USERS = 1_000;
    public static final int MOST_POLICIES = 10;

    private final RequestedChanges changes;
    private final AccountIds ids;

    public UserChanges(Catalog catalog, AccountIds ids) {
        this.changes = new RequestedChanges(catalog);
        this.ids = ids;
    }

    /// The user may do nothing until it has a policy.
    ///
    /// @throws RefusedException `UserNameTaken`, `TooMany`
    public User create(Order order, Optional<AccountId> account, UserName name) {
        UserId id = ids.user();
        return change(
                order,
                account,
                (tables, owner) -> {
                    User user = new User(id, owner.id(), name, tables.now());
                    if (tables.users().list(owner.id(), 0, 1).total() >= MOST_USERS) {
                        throw new RefusedException(
                                new Refusal.Access.TooMany("users of an account", MOST_USERS));
                    }
                    if (!tables.users().add(user)) {
                        throw new RefusedException(new Refusal.Access.UserNameTaken(name));
                    }
                    UserRecord.changed(tables, id);
                    return user;
                });
    }

    /// Its access keys and policies go with it, and with these the rights of temporary credentials.
    ///
    /// @throws RefusedException `UnknownUser`
    public void delete(Order order, Optional<AccountId> account, UserName name) {
        change(
                order,
                account,
                (tables, owner) -> {
                    User user = Target.user(tables, owner, name);
                    UserRecord.deleted(tables, user.id());
                    tables.users().delete(user.id());
                    return user;
                });
    }

    /// In place of the policy of this name, if there is one.
    ///
    /// @throws RefusedException `MalformedPolicy`, `UnknownUser`, `TooMany`
    public void put(
            Order order,
            Optional<AccountId> account,
            UserName name,
            PolicyName policy,
            String document) {
        PolicyDocuments.parse(document);
        change(
                order,
                account,
                (tables, owner) -> {
                    User user = Target.user(tables, owner, name);
                    checkRoom(tables.users().policies(user.id()), policy);
                    tables.users().put(new UserPolicy(user.id(), policy, document, tables.now()));
                    UserRecord.changed(tables, user.id());
                    return user;
                });
    }

    private static void checkRoom(List<UserPolicy> present, PolicyName policy) {
        boolean replaces = present.stream().anyMatch(it -> it.name().equals(policy));
        if (!replaces && present.size() >= MOST_POLICIES) {
            throw new RefusedException(
                    new Refusal.Access.TooMany("policies of a user", MOST_POLICIES));
        }
    }

    /// @throws RefusedException `UnknownUser`, `UnknownPolicy`
    public void deletePolicy(
            Order order, Optional<AccountId> account, UserName name, PolicyName policy) {
        change(
                order,
                account,
                (tables, owner) -> {
                    User user = Target.user(tables, owner, name);
                    if (!tables.users().deletePolicy(user.id(), policy)) {
                        throw new RefusedException(new Refusal.Access.UnknownPolicy(policy));
                    }
                    UserRecord.changed(tables, user.id());
                    return user;
                });
    }

    private User change(
            Order order, Optional<AccountId> account, BiFunction<Tables, Account, User> change) {
        return changes.make(
                order.by().accessKey(),
                order.nonce(),
                tables -> change.apply(tables, Target.account(tables, order.by(), account)));
    }
}
