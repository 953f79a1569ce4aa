package org.imageferry.copy;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.imageferry.blocks.ScopeKeys;
import org.imageferry.blocks.Seal;
import org.imageferry.catalog.Catalog;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.DataKey;
import org.imageferry.kms.Kms;
import org.imageferry.kms.KmsException;

/// Brings the keys of scopes to use. Nothing is kept: whoever does a piece of work asks anew, so that a
/// key that was disabled is of no use from the next piece on.
public final class Seals {
    private final Kms kms;
    private final Catalog catalog;
    private final RandomGenerator salts;

    /// @param salts any number of threads may ask it; unpredictable outside of tests
    public Seals(Kms kms, Catalog catalog, RandomGenerator salts) {
        this.kms = kms;
        this.catalog = catalog;
        this.salts = salts;
    }

    RandomGenerator salts() {
        return salts;
    }

    /// How the scope keeps its blocks, with its keys if it is sealed.
    ///
    /// @throws KmsException if its key can't be used now
    Seal of(Scope scope) throws KmsException {
        if (scope.key().isEmpty()) {
            return new Seal.None(scope);
        }
        WrappedKey wrapped =
                catalog.read(tables -> tables.encryption().dataKey(scope))
                        .orElseThrow(() ->
                                new KmsException(
                                        KmsException.Kind.NOT_FOUND,
                                        "the catalog has no data key of " + scope));
        return keyed(scope, wrapped);
    }

    /// How a copy will keep its blocks for which this was chosen.
    ///
    /// @param plain the scope that it is in if it is not encrypted
    Seal of(KeyChoice choice, Scope plain) throws KmsException {
        return choice instanceof KeyChoice.Sealed(Scope scope, WrappedKey wrapped)
                ? keyed(scope, wrapped)
                : new Seal.None(plain);
    }

    private Seal keyed(Scope scope, WrappedKey wrapped) throws KmsException {
        try (DataKey key = kms.unwrap(scope, wrapped)) {
            byte[] bytes = key.bytes();
            try {
                return new Seal.Keyed(ScopeKeys.derive(scope, bytes));
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    /// @throws KmsException if the scope has a key, and it can't be used now
    void check(Scope scope) throws KmsException {
        if (scope.key().isPresent()) {
            kms.check(scope);
        }
    }

    /// Whether asking again later may help.
    static boolean passes(KmsException failure) {
        return switch (failure.kind()) {
            case UNAVAILABLE -> true;
            case NOT_FOUND, DISABLED, PENDING_DELETION, NOT_GRANTED, NOT_WRAPPED_BY_IT -> false;
        };
    }
}
