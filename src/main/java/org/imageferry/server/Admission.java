package org.imageferry.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import org.imageferry.access.AccountIds;
import org.imageferry.access.CatalogKeys;
import org.imageferry.access.Secret;
import org.imageferry.catalog.AccessKeys;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccessKey;
import org.imageferry.domain.AccessKeyId;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountName;
import org.imageferry.kms.MasterKey;
import org.imageferry.records.OwnerRecord;
import org.imageferry.settings.StartException;

/// Admits the access key that the operator gives: into a new catalog with the first account, later as
/// one more key of the oldest administrator.
///
/// @param masterKey where the master key lies, for messages
record Admission(Catalog catalog, MasterKey master, Path masterKey) {
    private static final AccountName FIRST = new AccountName("first");
    private static final int MOST_ACCOUNTS = 1_000;

    /// @throws StartException if the catalog knows the key with another secret, or its secrets were
    ///     wrapped by another master key: a secret that this one wraps would be of no use to the others
    void admit(Credentials credentials, SecureRandom random) throws StartException {
        AccessKeyId id = new AccessKeyId(credentials.accessKeyId());
        Secret secret = new Secret(credentials.secret());
        Entry entry = new Entry(id, secret, CatalogKeys.wrap(master, id, secret));
        Optional<StartException> problem =
                catalog.write(tables -> enter(tables, entry, random)); // nodes may start together
        if (problem.isPresent()) {
            throw problem.get();
        }
    }

    private record Entry(AccessKeyId id, Secret secret, String wrapped) {}

    /// @return why it can't be
    private Optional<StartException> enter(Tables tables, Entry entry, SecureRandom random) {
        Optional<AccessKeys.Kept> known = tables.accessKeys().find(entry.id());
        Optional<AccessKeys.Kept> any = known.or(tables.accessKeys()::oldest);
        if (any.isPresent()) {
            Optional<Secret> theirs = unwrapped(any.get());
            if (theirs.isEmpty()) {
                return Optional.of(otherKey(masterKey));
            }
            if (known.isPresent() && !theirs.get().equals(entry.secret())) {
                return Optional.of(
                        new StartException(
                                "access key "
                                        + entry.id()
                                        + " is in the catalog with another secret: give the one it was"
                                        + " made with, or another access key"));
            }
        }
        if (known.isEmpty()) {
            add(tables, entry, random);
        }
        return Optional.empty();
    }

    private Optional<Secret> unwrapped(AccessKeys.Kept kept) {
        try {
            return Optional.of(CatalogKeys.unwrap(master, kept));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    static StartException otherKey(Path masterKey) {
        return new StartException(
                masterKey
                        + " is not the key that wrapped the secrets in the catalog: put back the"
                        + " one from a backup, or that of another node");
    }

    private static void add(Tables tables, Entry entry, SecureRandom random) {
        Account account = oldestAdministrator(tables).orElseGet(() -> first(tables, random));
        AccessKey key =
                new AccessKey(entry.id(), account.id(), Optional.empty(), true, tables.now());
        tables.accessKeys().add(new AccessKeys.Kept(key, entry.wrapped()));
        OwnerRecord.changed(tables, key);
    }

    private static Optional<Account> oldestAdministrator(Tables tables) {
        return tables.accounts().list(0, MOST_ACCOUNTS).items().stream()
                .filter(Account::administrator)
                .findFirst();
    }

    private static Account first(Tables tables, SecureRandom random) {
        Account account =
                Account.of(new AccountIds(random).account(), FIRST, tables.now())
                        .withAdministrator(true);
        if (!tables.accounts().add(account)) {
            throw new IllegalStateException("no administrator, but an account " + FIRST);
        }
        return account;
    }
}
