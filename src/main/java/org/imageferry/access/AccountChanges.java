package org.imageferry.access;

import java.util.Map;
import java.util.Optional;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.RequestedChanges;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.records.AccountRecord;

/// Creates, changes and deletes accounts. Administrators ask for it, and one is always left.
public final class AccountChanges {
    private final RequestedChanges changes;
    private final AccountIds ids;

    public AccountChanges(Catalog catalog, AccountIds ids) {
        this.changes = new RequestedChanges(catalog);
        this.ids = ids;
    }

    /// What is to be changed; what is empty stays as it is.
    public record Change(
            Optional<AccountName> name,
            Optional<Boolean> administrator,
            Optional<Boolean> customerKeys,
            Optional<Boolean> encryptByDefault,
            Optional<Boolean> publicImages,
            Map<Quota, Long> quotas) {
        public Change {
            quotas = Map.copyOf(quotas);
        }

        Account applied(Account before) {
            Account.Switches switches = before.switches();
            return before.with(name.orElse(before.name()))
                    .withAdministrator(administrator.orElse(before.administrator()))
                    .with(
                            new Account.Switches(
                                    customerKeys.orElse(switches.customerKeys()),
                                    encryptByDefault.orElse(switches.encryptByDefault()),
                                    publicImages.orElse(switches.publicImages())));
        }
    }

    /// The account has no access key yet.
    ///
    /// @throws RefusedException `AccountNameTaken`
    public Account create(Order order, AccountName name, boolean administrator) {
        AccountId id = ids.account();
        return change(
                order,
                tables -> {
                    Account account =
                            Account.of(id, name, tables.now()).withAdministrator(administrator);
                    if (!tables.accounts().add(account)) {
                        throw new RefusedException(new Refusal.Access.AccountNameTaken(name));
                    }
                    return account;
                });
    }

    /// @throws RefusedException `UnknownAccount`, `AccountNameTaken`, or `LastAdministrator` if there
    ///     would be none
    public Account change(Order order, AccountId id, Change change) {
        return change(
                order,
                tables -> {
                    Account before = Target.present(tables, id);
                    Account after = change.applied(before);
                    if (before.administrator() && !after.administrator()) {
                        checkNotLast(tables, id);
                    }
                    if (!tables.accounts().update(after)) {
                        throw new RefusedException(
                                new Refusal.Access.AccountNameTaken(after.name()));
                    }
                    change.quotas()
                            .forEach((quota, most) -> {
                                tables.accounts().setQuota(id, quota, most);
                            });
                    return after;
                });
    }

    /// Its access keys and users go with it; whoever still has temporary credentials of it is told.
    ///
    /// @throws RefusedException `UnknownAccount`, `OwnAccount`, `AccountInUse`, or `LastAdministrator`
    public void delete(Order order, AccountId id) {
        change(
                order,
                tables -> {
                    Account account = Target.present(tables, id);
                    if (account.administrator()) {
                        checkNotLast(tables, id);
                    }
                    if (id.equals(order.by().id())) {
                        throw new RefusedException(new Refusal.Access.OwnAccount(id));
                    }
                    if (tables.accounts().holdsAnything(id)) {
                        throw new RefusedException(new Refusal.Access.AccountInUse(id));
                    }
                    tables.accounts().delete(id);
                    return account;
                });
    }

    private static void checkNotLast(Tables tables, AccountId id) {
        if (tables.accounts().administrators() == 1) {
            throw new RefusedException(new Refusal.Access.LastAdministrator(id));
        }
    }

    private Account change(Order order, java.util.function.Function<Tables, Account> change) {
        return changes.make(
                order.by().accessKey(),
                order.nonce(),
                tables -> {
                    Target.checkAdministrator(tables, order.by());
                    Account changed = change.apply(tables);
                    AccountRecord.changed(tables, changed.id());
                    return changed;
                });
    }
}
