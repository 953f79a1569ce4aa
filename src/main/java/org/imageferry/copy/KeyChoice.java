package org.imageferry.copy;

import java.util.Optional;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;

/// Whether an image that is to be made will be encrypted, and under which key. Made before the
/// transaction that enters the image, for a key service may be far away; a refusal waits for its turn
/// among the transaction's checks.
sealed interface KeyChoice {
    record Plain() implements KeyChoice {}

    /// @param wrapped the data key of the scope, unless it has got one meanwhile
    record Sealed(Scope scope, WrappedKey wrapped) implements KeyChoice {}

    record Refused(Refusal refusal) implements KeyChoice {}

    /// @return the key to encrypt with, if the image is to be encrypted
    /// @throws RefusedException if that was the choice
    default Optional<KeyVersion> key() {
        return switch (this) {
            case Plain _ -> Optional.empty();
            case Sealed choice -> choice.scope().key();
            case Refused(Refusal refusal) -> throw new RefusedException(refusal);
        };
    }

    /// Makes sure that the scope has a data key, if there is a scope.
    default void enter(Tables tables) {
        if (this instanceof Sealed(Scope scope, WrappedKey wrapped)) {
            tables.encryption().addDataKey(scope, wrapped);
        }
    }
}
