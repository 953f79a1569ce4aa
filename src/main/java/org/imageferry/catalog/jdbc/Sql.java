package org.imageferry.catalog.jdbc;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.jspecify.annotations.Nullable;

/// Runs statements in one transaction. After its end it refuses to, and also after a statement failed:
/// the database may have undone the transaction by then, so what came next would stand alone.
final class Sql implements AutoCloseable {
    /// Makes a value of a row; runs no statements itself.
    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private final Session session;
    private final Dialect dialect;
    private final CatalogClock clock;
    private final boolean writes;
    private final Set<RegionId> rung;
    private Optional<Instant> now = Optional.empty();
    private boolean changed;
    private boolean ended;
    private @Nullable RuntimeException failure;

    Sql(Session session, Dialect dialect, CatalogClock clock, boolean writes) {
        this.session = session;
        this.dialect = dialect;
        this.clock = clock;
        this.writes = writes;
        this.rung = writes ? new LinkedHashSet<>() : Set.of();
    }

    /// The time at which it was first asked for.
    Instant now() {
        if (now.isEmpty()) {
            now = Optional.of(clock.now(this).truncatedTo(ChronoUnit.MILLIS));
        }
        return now.get();
    }

    Dialect dialect() {
        return dialect;
    }

    /// Once this is committed there may be something to do for the region's workers.
    void ring(RegionId region) {
        refuseInRead();
        rung.add(region);
    }

    Set<RegionId> rung() {
        return rung;
    }

    <T> List<T> list(String text, Row<T> mapper, Object... values) {
        try (ResultSet rows = bound(text, values).executeQuery()) {
            List<T> all = new ArrayList<>();
            while (rows.next()) {
                all.add(mapper.of(rows));
            }
            return all;
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    <T> Optional<T> first(String text, Row<T> mapper, Object... values) {
        return list(text, mapper, values).stream().findFirst();
    }

    boolean exists(String text, Object... values) {
        return !list(text, _ -> true, values).isEmpty();
    }

    /// @return the number in the first column of the only row
    long number(String text, Object... values) {
        return list(text, row -> row.getLong(1), values).getFirst();
    }

    /// @return how many rows were changed
    int change(String text, Object... values) {
        refuseInRead();
        try {
            return noted(bound(text, values).executeUpdate());
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    /// For changes that return rows.
    <T> List<T> changed(String text, Row<T> mapper, Object... values) {
        refuseInRead();
        List<T> rows = list(text, mapper, values);
        noted(rows.size());
        return rows;
    }

    /// Runs one statement with each of `rows`.
    ///
    /// @return how many rows were changed in all
    int changeEach(String text, List<Object[]> rows) {
        if (dialect.remote()) {
            return rows.isEmpty() ? 0 : changeInOneGo(text, rows);
        }
        int sum = 0;
        for (Object[] values : rows) {
            sum += change(text, values);
        }
        return sum;
    }

    private int changeInOneGo(String text, List<Object[]> rows) {
        refuseInRead();
        try {
            for (Object[] values : rows) {
                bound(text, values).addBatch();
            }
            return noted(IntStream.of(bound(text).executeBatch()).sum());
        } catch (SQLException e) {
            throw failed(text, e);
        }
    }

    private int noted(int rows) {
        changed |= rows > 0;
        return rows;
    }

    /// Whether any row was changed so far.
    boolean changedAnything() {
        return changed;
    }

    private void refuseInRead() {
        if (!writes) {
            throw new IllegalStateException("a read must not change the catalog");
        }
    }

    private RuntimeException failed(String text, SQLException cause) {
        try {
            session.forget(text);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
        RuntimeException explained = dialect.explain(cause);
        failure = explained;
        return explained;
    }

    /// Throws what made a statement fail, if one did.
    void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    private PreparedStatement bound(String text, Object... values) throws SQLException {
        if (ended) {
            throw new IllegalStateException("this transaction of the catalog has ended");
        }
        rethrow();
        PreparedStatement statement = session.prepare(text);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, plain(values[i]));
        }
        return statement;
    }

    private static @Nullable Object plain(Object value) {
        return switch (value) {
            case Optional<?> some -> some.isPresent() ? plain(some.get()) : null;
            case Instant instant -> instant.toEpochMilli();
            case Boolean yes -> yes ? 1 : 0;
            case Digest digest -> digest.bytes();
            case ObjectId id -> bytes(id);
            case Number _, byte[] _, String[] _, byte[][] _ -> value;
            default -> value.toString(); // texts, ids and enums: each is its text
        };
    }

    private static byte[] bytes(ObjectId id) {
        ByteBuffer bytes = ByteBuffer.allocate(ObjectId.BYTES);
        id.putTo(bytes);
        return bytes.array();
    }

    /// The statements that the transaction's session has prepared.
    Set<String> texts() {
        return session.texts();
    }

    @Override
    public void close() {
        ended = true;
    }
}
