package org.imageferry.catalog.jdbc;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Racing;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;

/// A process whose threads commit one transaction after another, as it comes alone or together, and
/// print the number of each once it has returned, until it is killed.
final class CommitsUntilKilled {
    private static final int THREADS = 4;
    static final RegionId REGION = new RegionId("cn-hangzhou");

    private CommitsUntilKilled() {}

    /// @param arguments the catalog's file
    public static void main(String[] arguments) throws Exception {
        try (Catalog catalog =
                SqliteCatalog.open(Path.of(arguments[0]), InstantSource.system(), new Random())) {
            Racing.all(THREADS, _ -> commitForEver(catalog));
        }
    }

    private static boolean commitForEver(Catalog catalog) {
        while (true) {
            System.out.println(catalog.<Long>write(CommitsUntilKilled::commit));
            System.out.flush();
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
