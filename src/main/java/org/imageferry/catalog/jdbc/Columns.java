package org.imageferry.catalog.jdbc;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;

/// Reads columns of a row as the domain's values.
final class Columns {
    private Columns() {}

    static Optional<Long> number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(value);
    }

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Digest> digest(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Digest::of);
    }

    static ObjectId object(ResultSet row, String column) throws SQLException {
        return ObjectId.of(ByteBuffer.wrap(row.getBytes(column)));
    }
}
