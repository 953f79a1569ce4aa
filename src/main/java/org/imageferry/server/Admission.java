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
        Optional<AccessKeys.Kept> known = catalog.read(tables -> tables.accessKeys().find(id));
        Optional<AccessKeys.Kept> oldest = catalog.read(tables -> tables.accessKeys().oldest());
        if (known.or(() -> oldest).isPresent()) {
            Secret theirs = unwrapped(known.or(() -> oldest).get());
            if (known.isPresent() && !theirs.equals(secret)) {
                throw new StartException(
                        "access key "
                                + id
                                + " is in the catalog with another secret: give the one it was made"
                                + " with, or another access key");
            }
        }
        if (known.isEmpty()) {
            String wrapped = CatalogKeys.wrap(master, id, secret);
            catalog.write(tables -> add(tables, id, wrapped, random));
        }
    }

    private Secret unwrapped(AccessKeys.Kept kept) throws StartException {
        try {
            return CatalogKeys.unwrap(master, kept);
        } catch (IllegalArgumentException _) {
            throw otherKey(masterKey);
        }
    }

    static StartException otherKey(Path masterKey) {
        return new StartException(
                masterKey
                        + " is not the key that wrapped the secrets in the catalog: put back the"
                        + " one from a backup");
    }

    private static AccessKeyId add(
            Tables tables, AccessKeyId id, String wrapped, SecureRandom random) {
        Account account = oldestAdministrator(tables).orElseGet(() -> first(tables, random));
        AccessKey key = new AccessKey(id, account.id(), Optional.empty(), true, tables.now());
        tables.accessKeys().add(new AccessKeys.Kept(key, wrapped));
        OwnerRecord.changed(tables, key);
        return id;
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
