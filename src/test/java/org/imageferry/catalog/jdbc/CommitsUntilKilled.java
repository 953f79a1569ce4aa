package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;

/// A process that commits one transaction after another and prints the number of each once it has
/// returned, until it is killed.
final class CommitsUntilKilled {
    static final RegionId REGION = new RegionId("cn-hangzhou");

    private CommitsUntilKilled() {}

    /// @param arguments the catalog's file
    public static void main(String[] arguments) {
        try (Catalog catalog =
                SqliteCatalog.open(Path.of(arguments[0]), InstantSource.system(), new Random())) {
            while (true) {
                System.out.println(catalog.<Long>write(CommitsUntilKilled::commit));
                System.out.flush();
            }
        }
    }

    /// Two changes that belong together: the number and an account named after it.
    private static long commit(Tables tables) {
        tables.regions().ensure(REGION);
        long number = tables.regions().nextTicket(REGION);
        CatalogScenes.add(tables, new AccountId("%016d".formatted(number)), "account " + number);
        return number;
    }
}
