package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Restoration.Told;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.records.DamagedRecordException;
import org.imageferry.records.StoredRecord;
import org.imageferry.records.TellsOf;
import org.imageferry.store.StoreException;

/// Makes the catalog's rows of the newest records. What can't be a row is left out, and said.
final class RowMaker {
    private static final int AT_ONCE = 100;

    /// Records may be long; so many bytes of them are dealt with in one transaction.
    private static final int MOST_BYTES = 4 << 20;

    private final Work work;
    private final Map<RegionId, Source> sources = new HashMap<>();

    RowMaker(Work work, List<Source> sources) {
        this.work = work;
        sources.forEach(source -> this.sources.put(source.region(), source));
    }

    /// The newest record of a subject, and the store that has it.
    record Newest(Told told, StoredRecord record, Source source) {}

    /// Makes rows in a transaction.
    interface Rows {
        void make(Tables tables, Newest newest) throws DamagedRecordException;
    }

    /// Makes rows in transactions of its own.
    interface OwnRows {
        void make(Newest newest) throws DamagedRecordException, StoreException;
    }

    /// Makes those of all subjects of a kind, many in one transaction.
    void make(TellsOf kind, Rows rows) throws StoreException {
        List<Newest> some = new ArrayList<>();
        Batch batch = new Batch(rows, some);
        each(kind, batch::add);
        batch.end();
    }

    /// Makes those of all subjects of a kind, one after another.
    void makeEach(TellsOf kind, OwnRows rows) throws StoreException {
        each(
                kind,
                (newest, bytes) -> {
                    try {
                        rows.make(newest);
                    } catch (DamagedRecordException
                            | RefusedException
                            | IllegalArgumentException
                            | IllegalStateException e) {
                        leftOut(newest.told(), reason(e));
                    }
                });
    }

    private interface Each {
        void take(Newest newest, int bytes) throws StoreException;
    }

    private void each(TellsOf kind, Each to) throws StoreException {
        Optional<Told> after = Optional.empty();
        boolean more = true;
        while (more) {
            List<Told> some = next(kind, after);
            for (Told told : some) {
                if (!told.deleted()) {
                    take(told, to);
                }
            }
            more = some.size() == AT_ONCE;
            after = some.isEmpty() ? after : Optional.of(some.getLast());
        }
    }

    private List<Told> next(TellsOf kind, Optional<Told> after) {
        return work.catalog()
                .read(tables ->
                        kind.everywhere()
                                ? tables.restoration().newest(kind.text(), after, AT_ONCE)
                                : tables.restoration().told(kind.text(), after, AT_ONCE));
    }

    private void take(Told told, Each to) throws StoreException {
        Source source = Optional.ofNullable(sources.get(told.region())).orElseThrow();
        StoreReader.Read read =
                new StoreReader(source.store())
                        .read(StoreLayout.record(told.sequence()), StoredRecord.MOST_BYTES);
        if (read.bad().isPresent()) {
            leftOut(told, read.bad().get().reason());
            return;
        }
        byte[] bytes = read.content().orElseThrow();
        try {
            to.take(new Newest(told, StoredRecord.parse(bytes), source), bytes.length);
        } catch (DamagedRecordException e) {
            leftOut(told, reason(e));
        }
    }

    private void leftOut(Told told, String reason) {
        work.findings()
                .leftOut(
                        told.region(),
                        "%s %s (record %d) is left out: %s"
                                .formatted(told.kind(), told.subject(), told.sequence(), reason));
    }

    private static String reason(Exception e) {
        return e instanceof RefusedException refused
                ? "it can't be beside the others: " + refused.refusal()
                : String.valueOf(e.getMessage());
    }

    /// What is made in one transaction. If anything of it can't be made, each is tried alone.
    private final class Batch {
        private final Rows rows;
        private final List<Newest> some;
        private long bytes;

        Batch(Rows rows, List<Newest> some) {
            this.rows = rows;
            this.some = some;
        }

        void add(Newest newest, int more) {
            some.add(newest);
            bytes += more;
            if (some.size() == AT_ONCE || bytes > MOST_BYTES) {
                end();
            }
        }

        void end() {
            if (failure(some).isPresent()) {
                for (Newest newest : some) {
                    failure(List.of(newest))
                            .ifPresent(failure -> leftOut(newest.told(), reason(failure)));
                }
            }
            some.clear();
            bytes = 0;
        }

        private Optional<Exception> failure(List<Newest> those) {
            try {
                work.catalog()
                        .write(tables -> {
                            those.forEach(newest -> make(tables, newest));
                            return those;
                        });
                return Optional.empty();
            } catch (RefusedException | IllegalArgumentException | IllegalStateException e) {
                return Optional.of(e);
            }
        }

        private void make(Tables tables, Newest newest) {
            try {
                rows.make(tables, newest);
            } catch (DamagedRecordException e) {
                throw new IllegalArgumentException(e.getMessage(), e);
            }
        }
    }
}
