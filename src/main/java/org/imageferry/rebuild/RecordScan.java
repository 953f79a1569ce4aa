package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Restoration.Told;
import org.imageferry.records.DamagedRecordException;
import org.imageferry.records.StoredRecord;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;

/// Notes of what a store's records tell, and which of them is the newest of its subject.
final class RecordScan {
    private static final int AT_ONCE = 500;

    private final Work work;
    private final Source source;
    private final StoreReader reader;
    private long last;
    private long read;

    RecordScan(Work work, Source source) {
        this.work = work;
        this.source = source;
        this.reader = new StoreReader(source.store());
    }

    void run() throws StoreException {
        reader.each(StoreLayout.RECORDS, RecordScan::sequence, AT_ONCE, this::note);
        work.catalog()
                .write(tables -> {
                    tables.restoration().records(source.region(), last);
                    return last;
                });
        work.progress().accept("%s: %d records".formatted(source.region(), read));
    }

    private static Optional<Long> sequence(ObjectName name) {
        OptionalLong sequence = StoreLayout.recordSequence(name);
        return sequence.isPresent() ? Optional.of(sequence.getAsLong()) : Optional.empty();
    }

    private void note(List<Long> sequences) throws StoreException {
        List<Told> some = new ArrayList<>();
        for (long sequence : sequences) {
            last = Math.max(last, sequence);
            told(sequence).ifPresent(some::add);
        }
        work.catalog()
                .write(tables -> {
                    some.forEach(tables.restoration()::note);
                    return last;
                });
        work.findings().count(source.region(), Findings.Counted.RECORDS, sequences.size());
        work.said(source, "records", read, read + sequences.size());
        read += sequences.size();
    }

    private Optional<Told> told(long sequence) throws StoreException {
        StoreReader.Read content =
                reader.read(StoreLayout.record(sequence), StoredRecord.MOST_BYTES);
        if (content.bad().isPresent()) {
            return leftOut(sequence, content.bad().get().reason());
        }
        try {
            StoredRecord record = StoredRecord.parse(content.content().orElseThrow());
            return Optional.of(
                    new Told(
                            record.kind().text(),
                            record.id(),
                            source.region(),
                            record.revision(),
                            sequence,
                            record.deleted()));
        } catch (DamagedRecordException e) {
            return leftOut(sequence, String.valueOf(e.getMessage()));
        }
    }

    private Optional<Told> leftOut(long sequence, String reason) {
        work.findings().leftOut(source.region(), "record " + sequence + " is damaged: " + reason);
        return Optional.empty();
    }
}
