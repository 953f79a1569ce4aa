package org.imageferry.access;

import java.util.random.RandomGenerator;
import org.imageferry.catalog.Catalog;
import org.imageferry.kms.MasterKey;

/// All that can be asked for about accounts, users, access keys and policies.
public record AccountAdministration(
        AccountLists lists,
        AccountChanges changes,
        UserChanges users,
        KeyChanges keys,
        Sessions sessions) {
    /// @param random any number of threads may ask it; unpredictable outside of tests
    public static AccountAdministration of(
            Catalog catalog, MasterKey master, RandomGenerator random) {
        AccountIds ids = new AccountIds(random);
        return new AccountAdministration(
                new AccountLists(catalog),
                new AccountChanges(catalog, ids),
                new UserChanges(catalog, ids),
                new KeyChanges(catalog, master, ids),
                new Sessions(catalog, master, ids));
    }
}
