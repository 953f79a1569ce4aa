package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.imageferry.domain.RegionId;

/// What one database says differently from others.
interface Dialect {
    /// Bytes of a [#keys] key.
    int KEY_BYTES = 2 * Long.BYTES;

    /// The database, as the subject of a sentence.
    String subject();

    /// What to do if the database holds something else: the rest of a sentence.
    String ifForeign();

    /// Begins a transaction that is to write.
    String beginWriting();

    /// Begins a transaction that sees one state of the database.
    String beginReading();

    /// A condition: the text column's value is one of [#members], its only parameter.
    String in(String column);

    Object members(Collection<?> values);

    /// A table of the statement: [#keys], which are its first parameter, each with its `place` among them,
    /// the first of which is 1.
    String listed();

    /// @param keys of [#KEY_BYTES] bytes each, at least one
    Object keys(List<byte[]> keys);

    /// Whether each statement travels over a network, so that one with many values is better than many.
    boolean remote();

    /// A condition: the text column matches [#pattern], its only parameter.
    String matches(String column);

    /// @param wildcards a text in which `*` stands for any characters
    String pattern(String wildcards);

    /// Keeps other transactions that lock this region waiting.
    void lock(Sql sql, RegionId region);

    /// Lets no other transaction add events until this one ends.
    void lockEvents(Sql sql);

    /// Whether a rollback failed only because there was nothing left to roll back.
    boolean rolledBackAlready(SQLException failure);

    /// What to throw for a failed statement: [org.imageferry.catalog.CatalogException] if the world
    /// failed, [IllegalStateException] if a caller broke the tables' rules.
    RuntimeException explain(SQLException failure);
}
