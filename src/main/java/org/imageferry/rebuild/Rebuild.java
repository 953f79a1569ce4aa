package org.imageferry.rebuild;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.imageferry.blocks.DamagedException;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.catalog.Catalog;
import org.imageferry.records.TellsOf;
import org.imageferry.store.StoreException;

/// Fills an empty catalog with what the regions' stores tell and hold.
///
/// Records come first: of each subject the newest is noted, and rows are made of them in an order in which
/// each finds what it refers to. Then come the segments, whose footers make the block index; then the
/// snapshots, part by part, each with the objects that its manifest needs; then the images. Memory does not
/// grow with any of it, and no transaction takes long. What is broken off is begun again with another empty
/// catalog: nothing is ever written to a store.
public final class Rebuild {
    private final Catalog catalog;
    private final List<Source> sources;
    private final Plan plan;
    private final Consumer<String> progress;
    private final Findings findings;

    /// How to go about it.
    ///
    /// @param partBytes how much of a disk's address space a part is
    /// @param keys whether access keys are restored; those whose master key is lost are of no use
    /// @param force whether to go on where something must be left out
    public record Plan(long partBytes, boolean keys, boolean force) {}

    /// @param catalog an empty one
    /// @param sources all regions of the installation
    /// @param progress told now and then how far it has come, a line each
    public Rebuild(Catalog catalog, List<Source> sources, Plan plan, Consumer<String> progress) {
        this.catalog = catalog;
        this.sources = List.copyOf(sources);
        this.plan = plan;
        this.progress = progress;
        this.findings = new Findings(this.sources);
    }

    /// Does all of it.
    ///
    /// @throws RebuildException if the stores don't belong together, or if something would be left out and
    ///     the plan is not to force it
    /// @throws StoreException if a store or its disk fails
    public Findings run() throws RebuildException, StoreException {
        begin();
        Work work = new Work(catalog, plan, findings, progress);
        for (Source source : sources) {
            new RecordScan(work, source).run();
        }
        requireAll();
        AccountRows accounts = new AccountRows(plan, findings, sources.size());
        RegionRows regions = new RegionRows(findings);
        RowMaker rows = new RowMaker(work, sources);
        rows.make(TellsOf.ACCOUNT, accounts::account);
        rows.make(TellsOf.USER, accounts::user);
        rows.make(TellsOf.REGION, regions::rules);
        rows.make(TellsOf.KEY, regions::key);
        for (Source source : sources) {
            new SegmentScan(work, source).run();
        }
        rows.makeEach(TellsOf.SNAPSHOT, new SnapshotRows(work));
        rows.make(TellsOf.IMAGE, regions::image);
        for (Source source : sources) {
            new ManifestScan(work, source).run();
        }
        catalog.write(tables -> {
            tables.restoration().end();
            return findings;
        });
        requireAll();
        return findings;
    }

    /// The catalog is ahead of the stores from now on: whoever has an older one is refused.
    private void begin() throws RebuildException, StoreException {
        String installation = installation();
        for (Source source : sources) {
            long generation = StoreIdentity.generation(source.store());
            catalog.write(tables -> {
                tables.restoration().installation(installation);
                tables.regions().ensure(source.region());
                tables.regions().setGeneration(source.region(), generation + 1);
                return source;
            });
        }
    }

    private String installation() throws RebuildException, StoreException {
        Optional<Owned> first = Optional.empty();
        for (Source source : sources) {
            StoreIdentity identity = identity(source);
            if (!identity.region().equals(source.region())) {
                throw refused(source, "is that of region " + identity.region());
            }
            if (first.isPresent() && !first.get().installation().equals(identity.installation())) {
                throw refused(
                        source,
                        "belongs to installation %s, that of region %s to %s: give each installation its own regions"
                                .formatted(
                                        identity.installation(),
                                        first.get().source().region(),
                                        first.get().installation()));
            }
            first = first.or(() -> Optional.of(new Owned(source, identity.installation())));
        }
        return first.orElseThrow(
                        () -> new RebuildException("there is no region to make a catalog of"))
                .installation();
    }

    private record Owned(Source source, String installation) {}

    private static StoreIdentity identity(Source source) throws RebuildException, StoreException {
        try {
            return StoreIdentity.read(source.store())
                    .orElseThrow(() ->
                            refused(
                                    source,
                                    "is empty: put it back where it was; if it is lost, or the region is new, leave it"
                                            + " out with --without "
                                            + source.region()));
        } catch (DamagedException e) {
            throw refused(source, "can't be used: " + e.getMessage());
        }
    }

    private static RebuildException refused(Source source, String why) {
        return new RebuildException("the store of region " + source.region() + " " + why);
    }

    private void requireAll() throws RebuildException {
        if (findings.leftOut() > 0 && !plan.force()) {
            throw new RebuildException(
                    """
                    not all that the stores tell of can be restored: %s (and %d more). Nothing was changed. \
                    To go on without that, say --force: what only that needs is garbage then\
                    """
                            .formatted(findings.notes().getFirst(), findings.leftOut() - 1));
        }
    }
}
