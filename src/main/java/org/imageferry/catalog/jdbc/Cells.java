package org.imageferry.catalog.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// Reads the columns of a row in the order in which they were selected. Where many rows are read this
/// saves the driver's search for each name.
final class Cells {
    private final ResultSet row;
    private int column;

    Cells(ResultSet row) {
        this.row = row;
    }

    String text() throws SQLException {
        return row.getString(++column);
    }

    Optional<String> maybeText() throws SQLException {
        return Optional.ofNullable(row.getString(++column));
    }

    long number() throws SQLException {
        return row.getLong(++column);
    }

    boolean yes() throws SQLException {
        return row.getBoolean(++column);
    }

    Instant instant() throws SQLException {
        return Instant.ofEpochMilli(number());
    }
}
