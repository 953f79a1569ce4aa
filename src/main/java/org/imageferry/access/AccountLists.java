package org.imageferry.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Page;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.domain.UserPolicy;

/// Lists accounts, users, access keys and policies: the caller's, or for administrators any account's.
public final class AccountLists {
    private final Catalog catalog;

    public AccountLists(Catalog catalog) {
        this.catalog = catalog;
    }

    /// @param quotas those that were set
    public record Shown(Account account, Map<Quota, Long> quotas) {
        public Shown {
            quotas = Map.copyOf(quotas);
        }
    }

    /// All, for an administrator; else the caller's own alone. Those that are asked for and not there,
    /// or not for the caller, are left out.
    public Page<Shown> accounts(
            Principal by,
            Optional<AccountId> id,
            Optional<AccountName> name,
            int offset,
            int limit) {
        return catalog.read(tables -> {
            Account own = Target.present(tables, by.id());
            if (id.isEmpty() && name.isEmpty() && own.administrator()) {
                Page<Account> page = tables.accounts().list(offset, limit);
                return new Page<>(shown(tables, page.items()), page.total());
            }
            List<Account> found =
                    (own.administrator() ? find(tables, id, name) : Optional.of(own))
                                    .filter(it -> id.map(it.id()::equals).orElse(true))
                                    .filter(it -> name.map(it.name()::equals).orElse(true))
                                    .filter(it -> it.deleted().isEmpty())
                                    .stream()
                                    .toList();
            List<Account> onPage = offset == 0 ? found : List.of();
            return new Page<>(shown(tables, onPage), found.size());
        });
    }

    private static Optional<Account> find(
            Tables tables, Optional<AccountId> id, Optional<AccountName> name) {
        return id.isPresent()
                ? tables.accounts().find(id.get())
                : name.flatMap(tables.accounts()::find);
    }

    private static List<Shown> shown(Tables tables, List<Account> accounts) {
        return accounts.stream()
                .map(it -> new Shown(it, tables.accounts().quotas(it.id())))
                .toList();
    }

    public Page<User> users(Principal by, Optional<AccountId> account, int offset, int limit) {
        return catalog.read(tables ->
                tables.users().list(Target.account(tables, by, account).id(), offset, limit));
    }

    /// @param user whose it is; nothing for one of the account itself
    public record ShownKey(AccessKey key, Optional<UserName> user) {}

    /// Those of the account and all its users, or of one of them.
    public List<ShownKey> keys(Principal by, KeyChanges.Owner owner) {
        return catalog.read(tables -> {
            Account account = Target.account(tables, by, owner.account());
            Optional<UserId> user =
                    owner.user().map(name -> Target.user(tables, account, name).id());
            return tables.accessKeys().of(account.id()).stream()
                    .filter(key -> user.isEmpty() || key.user().equals(user))
                    .map(key ->
                            new ShownKey(
                                    key, key.user().flatMap(tables.users()::find).map(User::name)))
                    .toList();
        });
    }

    public List<UserPolicy> policies(Principal by, Optional<AccountId> account, UserName name) {
        return catalog.read(tables -> {
            User user = Target.user(tables, Target.account(tables, by, account), name);
            return tables.users().policies(user.id());
        });
    }
}
