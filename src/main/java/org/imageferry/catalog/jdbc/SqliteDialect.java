package org.imageferry.catalog.jdbc;

import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.imageferry.catalog.CatalogException;
import org.imageferry.domain.RegionId;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tools.jackson.core.io.JsonStringEncoder;

/// SQLite's way. Source of the codes and what they mean: sqlite.org, "Result and Error Codes".
///
/// @param name of the database, for messages
record SqliteDialect(String name) implements Dialect {
    private static final JsonStringEncoder QUOTES = JsonStringEncoder.getInstance();
    private static final int PRIMARY_CODE = 0xff;
    private static final int LIKELY_CHARS = 25; // of an id, its quotes and a comma

    /// Cuts the keys off the statement's first parameter, which is all of them in a row. To run a statement for
    /// each takes two to three times as long.
    private static final String LISTED =
            """
            (with recursive listed (place, name) as (
                select 1, substr(?1, 1, %1$d)
                union all
                select place + 1, substr(?1, place * %1$d + 1, %1$d) from listed
                where place * %1$d < length(?1))
            select place, name from listed) as listed\
            """
                    .formatted(KEY_BYTES);

    @Override
    public String subject() {
        return "the catalog " + name;
    }

    @Override
    public String ifForeign() {
        return "restore it from a backup, or move it away and run `imageferry rebuild`";
    }

    /// At once the only writer: one that begins as a reader may find that it can't become one.
    @Override
    public String beginWriting() {
        return "begin immediate";
    }

    @Override
    public String beginReading() {
        return "begin";
    }

    @Override
    public String in(String column) {
        return column + " in (select value from json_each(?))";
    }

    @Override
    public Object members(Collection<?> values) {
        StringBuilder array = new StringBuilder(values.size() * LIKELY_CHARS + 2).append('[');
        for (Object value : values) {
            array.append(array.length() > 1 ? ",\"" : "\"");
            QUOTES.quoteAsString(value.toString(), array);
            array.append('"');
        }
        return array.append(']').toString();
    }

    @Override
    public String listed() {
        return LISTED;
    }

    @Override
    public Object keys(List<byte[]> keys) {
        ByteBuffer all = ByteBuffer.allocate(keys.size() * KEY_BYTES);
        keys.forEach(all::put);
        return all.array();
    }

    @Override
    public boolean remote() {
        return false;
    }

    /// GLOB and not LIKE, which takes upper and lower case for the same.
    @Override
    public String matches(String column) {
        return column + " glob ?";
    }

    @Override
    public String pattern(String wildcards) {
        return wildcards.replace("[", "[[]").replace("?", "[?]");
    }

    /// There is one writer anyway.
    @Override
    public void lock(Sql sql, RegionId region) {}

    /// There is one writer anyway.
    @Override
    public void lockEvents(Sql sql) {}

    @Override
    public boolean rolledBackAlready(SQLException failure) {
        return String.valueOf(failure.getMessage()).contains("no transaction is active");
    }

    @Override
    public RuntimeException explain(SQLException failure) {
        if (primary(failure) == SQLiteErrorCode.SQLITE_CONSTRAINT.code) {
            return new IllegalStateException(
                    "a change breaks a rule of the catalog: " + failure.getMessage(), failure);
        }
        return new CatalogException(subject() + " " + reason(failure), failure);
    }

    private static int primary(SQLException failure) {
        return failure instanceof SQLiteException e
                ? e.getResultCode().code & PRIMARY_CODE
                : SQLiteErrorCode.UNKNOWN_ERROR.code;
    }

    private static String reason(SQLException failure) {
        return switch (SQLiteErrorCode.getErrorCode(primary(failure))) {
            case SQLITE_FULL -> "can't grow: its disk is full. Free some space, then try again";
            case SQLITE_READONLY ->
                    "can't be written: make the file and its folder writable for this user";
            case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH ->
                    "can't be opened: see that its folder exists and is writable for this user";
            case SQLITE_BUSY, SQLITE_LOCKED ->
                    "is locked by another program: end that one, then try again";
            case SQLITE_CORRUPT ->
                    "is damaged: stop, keep a copy of it, then run `imageferry rebuild`";
            case SQLITE_NOTADB ->
                    "is no SQLite database: move the file away, then run `imageferry rebuild`";
            case SQLITE_IOERR ->
                    "could not be read or written (%s): check its disk"
                            .formatted(failure.getMessage());
            default -> "failed: " + failure.getMessage();
        };
    }
}
