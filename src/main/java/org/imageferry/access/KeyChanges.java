package org.imageferry.access;

import java.util.Optional;
import java.util.function.BiFunction;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.kms.MasterKey;
import org.imageferry.records.OwnerRecord;

/// Creates, switches and deletes access keys. Which account is meant is said as for [UserChanges].
public final class KeyChanges {
    /// Two are needed to change one without a break.
    public static final int MOST_KEYS = 5;

    private final RequestedChanges changes;
    private final MasterKey master;
    private final AccountIds ids;

    public KeyChanges(Catalog catalog, MasterKey master, AccountIds ids) {
        this.changes = new RequestedChanges(catalog);
        this.master = master;
        this.ids = ids;
    }

    /// Whose key is meant.
    ///
    /// @param account nothing for the caller's own
    /// @param user nothing for keys of the account itself
    public record Owner(Optional<AccountId> account, Optional<UserName> user) {}

    /// @param secret is shown this once, and never again
    public record Created(AccessKey key, Secret secret) {}

    /// @throws RefusedException `UnknownUser`, `TooMany`
    public Created create(Order order, Owner owner) {
        AccessKeyId id = ids.accessKey();
        Secret secret = ids.secret();
        String wrapped = CatalogKeys.wrap(master, id, secret);
        AccessKey key =
                change(
                        order,
                        owner,
                        (tables, whose) -> {
                            checkRoom(tables, whose);
                            AccessKey made =
                                    new AccessKey(
                                            id, whose.account(), whose.user(), true, tables.now());
                            tables.accessKeys().add(new AccessKeys.Kept(made, wrapped));
                            return made;
                        });
        return new Created(key, secret);
    }

    private static void checkRoom(Tables tables, Whose whose) {
        long present =
                tables.accessKeys().of(whose.account()).stream()
                        .filter(key -> key.user().equals(whose.user()))
                        .count();
        if (present >= MOST_KEYS) {
            throw new RefusedException(
                    new Refusal.Access.TooMany("access keys of one owner", MOST_KEYS));
        }
    }

    /// @throws RefusedException `UnknownUser`, `UnknownAccessKey`
    public void activate(Order order, Owner owner, AccessKeyId id, boolean active) {
        change(
                order,
                owner,
                (tables, whose) -> {
                    AccessKey key = whose.key(tables, id).with(active);
                    tables.accessKeys().update(key);
                    return key;
                });
    }

    /// @throws RefusedException `UnknownUser`, `UnknownAccessKey`
    public void delete(Order order, Owner owner, AccessKeyId id) {
        change(
                order,
                owner,
                (tables, whose) -> {
                    AccessKey key = whose.key(tables, id);
                    tables.accessKeys().delete(id);
                    return key;
                });
    }

    /// An owner that was found.
    private record Whose(AccountId account, Optional<UserId> user) {
        /// Others' keys are none.
        AccessKey key(Tables tables, AccessKeyId id) {
            return tables.accessKeys()
                    .find(id)
                    .map(AccessKeys.Kept::key)
                    .filter(key -> key.account().equals(account) && key.user().equals(user))
                    .orElseThrow(() ->
                            new RefusedException(new Refusal.Access.UnknownAccessKey(id.value())));
        }
    }

    private AccessKey change(
            Order order, Owner owner, BiFunction<Tables, Whose, AccessKey> change) {
        return changes.make(
                order.by().accessKey(),
                order.nonce(),
                tables -> {
                    Account account = Target.account(tables, order.by(), owner.account());
                    Optional<UserId> user =
                            owner.user()
                                    .map(name -> Target.user(tables, account, name))
                                    .map(User::id);
                    AccessKey changed = change.apply(tables, new Whose(account.id(), user));
                    OwnerRecord.changed(tables, changed);
                    return changed;
                });
    }
}
