package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import org.imageferry.catalog.CatalogException;

/// The database undid a transaction for a reason that has nothing to do with what it did: run again it
/// may succeed.
final class TransactionLostException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final PostgresFailure kind;
    private final CatalogException explained;

    TransactionLostException(PostgresFailure kind, SQLException cause, CatalogException explained) {
        super(explained.getMessage(), cause);
        this.kind = kind;
        this.explained = explained;
    }

    PostgresFailure kind() {
        return kind;
    }

    /// What the caller hears if it fails again and again.
    CatalogException explained() {
        return explained;
    }
}
