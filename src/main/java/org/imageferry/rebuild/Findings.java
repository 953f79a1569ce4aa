package org.imageferry.rebuild;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.RegionId;

/// What a rebuild has found so far: counts, and what could not be restored as it was.
public final class Findings {
    /// So many notes are kept; the others are only counted.
    private static final int MOST_NOTES = 1_000;

    /// A note may quote what a store tells, which may be long.
    private static final int MOST_CHARS = 500;

    /// What is counted. Blocks and bytes are those of readable segments.
    public enum Counted {
        RECORDS,
        IMAGES,
        DAMAGED_IMAGES,
        SNAPSHOTS,
        DAMAGED_SNAPSHOTS,
        KEYS,
        SEGMENTS,
        BLOCKS,
        BYTES,
        LEFT_OUT
    }

    private final Map<RegionId, Map<Counted, Long>> counts = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long accounts;
    private long leftOut;

    Findings(List<Source> sources) {
        sources.forEach(source -> counts.put(source.region(), new EnumMap<>(Counted.class)));
    }

    void count(RegionId region, Counted what, long more) {
        Optional.ofNullable(counts.get(region)).orElseThrow().merge(what, more, Long::sum);
    }

    void countAccount() {
        accounts++;
    }

    /// Something is not in the new catalog: what it is, and why.
    void leftOut(RegionId region, String what) {
        leftOut++;
        count(region, Counted.LEFT_OUT, 1);
        note(region, what);
    }

    /// Something is in the new catalog, but not as it should be.
    void note(RegionId region, String what) {
        if (notes.size() < MOST_NOTES) {
            String note = region + ": " + what;
            notes.add(note.length() > MOST_CHARS ? note.substring(0, MOST_CHARS) + "…" : note);
        }
    }

    /// An account is known by its number only.
    void foundByNumber(RegionId region, AccountId account) {
        countAccount();
        note(
                region,
                "no store tells of account %s; it is called account-%s and has no access key"
                        .formatted(account, account));
    }

    /// Accounts, deleted ones apart.
    public long accounts() {
        return accounts;
    }

    public long of(RegionId region, Counted what) {
        return Optional.ofNullable(counts.get(region)).orElse(Map.of()).getOrDefault(what, 0L);
    }

    /// In the order of the configuration.
    public List<RegionId> regions() {
        return List.copyOf(counts.keySet());
    }

    /// How much is not in the new catalog though the stores tell of it.
    public long leftOut() {
        return leftOut;
    }

    /// The first thousand of what is damaged or left out, a sentence each.
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
