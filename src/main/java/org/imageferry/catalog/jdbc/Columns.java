package org.imageferry.catalog.jdbc;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.ResourceGroupId;

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

    static Optional<Instant> maybeInstant(ResultSet row, String column) throws SQLException {
        return number(row, column).map(Instant::ofEpochMilli);
    }

    static Optional<Digest> digest(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getBytes(column)).map(Digest::of);
    }

    /// @param account whose default group is meant where the row names none
    static ResourceGroupId group(ResultSet row, AccountId account) throws SQLException {
        return text(row, "resource_group")
                .map(ResourceGroupId::new)
                .orElseGet(() -> ResourceGroupId.standard(account));
    }

    /// What [#group(ResultSet, AccountId)] reads.
    static Optional<ResourceGroupId> group(ResourceGroupId group, AccountId account) {
        return Optional.of(group).filter(it -> !it.equals(ResourceGroupId.standard(account)));
    }

    static ObjectId object(ResultSet row, String column) throws SQLException {
        return ObjectId.of(ByteBuffer.wrap(row.getBytes(column)));
    }
}
