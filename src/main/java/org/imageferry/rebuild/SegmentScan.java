package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.SegmentFooter;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.StoredObjects;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.store.StoreException;

/// Enters a store's segments, and from their footers which blocks they hold.
///
/// All are entered as live. What no part needs the collector finds, as it finds what a crash left. So is
/// what has no footer that can be believed: it is entered as nobody's, and none of its blocks.
final class SegmentScan {
    /// Of about 700 blocks each.
    private static final int AT_ONCE = 16;

    private final Work work;
    private final Source source;
    private long seen;

    /// @param footer if it is as a writer left it
    private record Segment(ObjectId id, long bytes, Optional<SegmentFooter> footer) {}

    SegmentScan(Work work, Source source) {
        this.work = work;
        this.source = source;
    }

    void run() throws StoreException {
        new StoreReader(source.store())
                .each(StoreLayout.SEGMENTS, StoreLayout::segmentId, AT_ONCE, this::enter);
        work.progress().accept("%s: %d segments".formatted(source.region(), seen));
    }

    private void enter(List<ObjectId> ids) throws StoreException {
        List<Segment> segments = new ArrayList<>();
        for (ObjectId id : ids) {
            segments.add(read(id));
        }
        work.catalog()
                .write(tables -> {
                    Set<ObjectId> unknown =
                            tables.objects().unknown(source.region(), List.copyOf(ids));
                    segments.stream()
                            .filter(segment -> unknown.contains(segment.id()))
                            .filter(segment -> tables.objects().find(segment.id()).isEmpty())
                            .forEach(segment -> enter(tables, segment));
                    return segments;
                });
        work.said(source, "segments", seen, seen + segments.size());
        seen += segments.size();
    }

    private Segment read(ObjectId id) throws StoreException {
        long bytes = 0;
        try {
            bytes = source.store().length(StoreLayout.segment(id));
            return new Segment(id, bytes, Optional.of(SegmentFooter.read(source.store(), id)));
        } catch (DamagedException e) {
            work.findings().note(source.region(), String.valueOf(e.getMessage()));
        } catch (StoreException e) {
            if (!StoreReader.isDamage(e)) {
                throw e;
            }
            work.findings().note(source.region(), String.valueOf(e.getMessage()));
        }
        return new Segment(id, bytes, Optional.empty());
    }

    private void enter(Tables tables, Segment segment) {
        Optional<SegmentFooter> footer = segment.footer().filter(it -> isOurs(tables, it.scope()));
        Scope scope =
                footer.map(SegmentFooter::scope)
                        .orElseGet(() -> Owners.nobody(tables, source.region()));
        tables.objects().reserve(0, scope, StoredObjects.Kind.SEGMENT, List.of(segment.id()));
        tables.objects().written(segment.id(), segment.bytes());
        footer.ifPresent(it -> {
            tables.index()
                    .add(
                            scope,
                            segment.id(),
                            it.entries().stream().map(SegmentFooter.Entry::name).toList());
            count(segment.bytes(), it.size());
        });
    }

    private boolean isOurs(Tables tables, Scope scope) {
        return scope.region().equals(source.region())
                && tables.accounts().find(scope.account()).isPresent();
    }

    private void count(long bytes, int blocks) {
        RegionId region = source.region();
        work.findings().count(region, Findings.Counted.SEGMENTS, 1);
        work.findings().count(region, Findings.Counted.BLOCKS, blocks);
        work.findings().count(region, Findings.Counted.BYTES, bytes);
    }
}
