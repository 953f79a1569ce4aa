package org.imageferry.catalog;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What each suite of the contract runs on: a catalog that is empty at first.
public interface CatalogFixture {
    Catalog catalog();

    /// The clock that the catalog was given.
    TestClock clock();

    /// The same throughout a test.
    CatalogScenes scenes();

    default <T> List<T> rows(Function<Tables, List<T>> read) {
        return catalog().read(read);
    }

    default <T> Optional<T> row(Function<Tables, Optional<T>> read) {
        return catalog().read(read);
    }

    default boolean is(Function<Tables, Boolean> read) {
        return catalog().read(read);
    }

    default <N extends Number> long number(Function<Tables, N> read) {
        return catalog().read(read).longValue();
    }

    default void change(Consumer<Tables> change) {
        catalog()
                .write(tables -> {
                    change.accept(tables);
                    return true;
                });
    }
}
