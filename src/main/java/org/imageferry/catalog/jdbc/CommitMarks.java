package org.imageferry.catalog.jdbc;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/// The table `commit_mark`: tells of a commit whose answer was lost whether it was carried out.
///
/// A transaction that changes anything borrows a slot and, as its last change, writes the slot's next
/// number. Who asks later for the number writes the row as well: so the question waits for a transaction
/// that is still under way, and one that arrives after the question finds the row changed and fails.
final class CommitMarks {
    private static final String COMMIT =
            """
            insert into commit_mark (slot, number, at) values (?, ?, clock_timestamp())
            on conflict (slot) do update set number = excluded.number, at = excluded.at;
            commit
            """;

    private static final String ASK =
            """
            insert into commit_mark (slot, number, at) values (?, 0, clock_timestamp())
            on conflict (slot) do update set at = excluded.at
            returning commit_mark.number
            """;

    private final String node;
    private final AtomicInteger count = new AtomicInteger();
    private final ConcurrentLinkedDeque<Slot> idle = new ConcurrentLinkedDeque<>();

    /// @param node nobody else's
    CommitMarks(String node) {
        this.node = node;
    }

    /// A row of the table, borrowed for one transaction, and the number that this one writes.
    record Slot(String id, long number) {}

    Slot borrow() {
        Slot last = idle.pollFirst();
        return last != null ? last : new Slot(node + "-" + count.incrementAndGet(), 1);
    }

    /// To be called when it is known how the transaction ended. Else the slot is not used again.
    void giveBack(Slot slot) {
        idle.addFirst(new Slot(slot.id(), slot.number() + 1));
    }

    /// Marks and commits the session's transaction.
    void commit(Session session, Slot slot) throws SQLException {
        session.commit(COMMIT, slot.id(), slot.number());
    }

    /// Whether the transaction that borrowed the slot was committed. If not, it never will be.
    boolean committed(Sql sql, Slot slot) {
        return sql.changed(ASK, row -> row.getLong(1), slot.id()).getFirst() == slot.number();
    }

    /// Forgets those of nodes that are gone.
    static void forget(Sql sql) {
        sql.change("delete from commit_mark where at < clock_timestamp() - interval '1 day'");
    }
}
