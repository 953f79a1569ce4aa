package org.imageferry.catalog.jdbc;

import java.sql.SQLException;

/// A change that a constraint of the tables refuses. Beside other transactions it may be one of theirs
/// that is in the way; alone, it is our mistake.
final class BrokenRuleException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    BrokenRuleException(SQLException cause) {
        super("a change breaks a rule of the catalog: " + cause.getMessage(), cause);
    }
}
