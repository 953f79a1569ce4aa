package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import org.imageferry.catalog.CatalogException;
import org.imageferry.domain.RegionId;

/// PostgreSQL's way.
///
/// A transaction that writes is SERIALIZABLE: PostgreSQL lets many run beside each other and ends those
/// that could not have run one after the other, which are then run again. So that this comes to an end
/// they lock the table `writers` first, before they see anything: at first beside all others, after a
/// failure beside all but others that failed, at last alone. Sources: PostgreSQL's manual, "Serializable
/// Isolation Level", "Table-Level Locks" and `LOCK`, which takes no snapshot.
///
/// @param name of the database, for messages
record PostgresDialect(String name) implements Dialect {
    /// How the first, second, … try of a transaction that writes begins.
    static final List<String> WRITES =
            List.of(
                    writing("row share"),
                    writing("share update exclusive"),
                    writing("share update exclusive"),
                    writing("share update exclusive"),
                    writing("exclusive"));

    private static String writing(String lock) {
        return "begin isolation level serializable; lock table writers in " + lock + " mode";
    }

    @Override
    public String subject() {
        return "the catalog " + name;
    }

    @Override
    public String ifForeign() {
        return "restore it from a backup, or name an empty database or schema";
    }

    @Override
    public String beginWriting() {
        return WRITES.getFirst();
    }

    @Override
    public String beginReading() {
        return "begin isolation level repeatable read read only";
    }

    @Override
    public String in(String column) {
        return column + " = any (?)";
    }

    @Override
    public Object members(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    @Override
    public String listed() {
        return "unnest(?) with ordinality as listed (name, place)";
    }

    @Override
    public Object keys(List<byte[]> keys) {
        return keys.toArray(byte[][]::new);
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public String matches(String column) {
        return column + " like ?";
    }

    @Override
    public String pattern(String wildcards) {
        return wildcards
                .replace("\\", "\\\\")
                .replace("%", "\\%")
                .replace("_", "\\_")
                .replace("*", "%");
    }

    /// Not against what only refers to the region, as every image of it does.
    @Override
    public void lock(Sql sql, RegionId region) {
        sql.exists("select 1 from region where id = ? for no key update", region);
    }

    /// The row of the tables' version serves as the lock: nothing but a migration changes it.
    @Override
    public void lockEvents(Sql sql) {
        sql.exists("select 1 from catalog_format where one = 1 for update");
    }

    /// Without a transaction it only warns.
    @Override
    public boolean rolledBackAlready(SQLException failure) {
        return false;
    }

    @Override
    public RuntimeException explain(SQLException failure) {
        return switch (PostgresFailure.of(failure)) {
            case RULE -> new BrokenRuleException(failure);
            case CONFLICT, CONNECTION_LOST, CONNECTION_STALE ->
                    new TransactionLostException(
                            PostgresFailure.of(failure), failure, explained(failure));
            case SILENCE, OTHER -> explained(failure);
        };
    }

    private CatalogException explained(SQLException failure) {
        String message = subject() + " " + PostgresFailure.reason(failure);
        return LoyalSource.REPLACED.equals(failure.getSQLState())
                ? CatalogException.ofReplaced(message, failure)
                : new CatalogException(message, failure);
    }
}
