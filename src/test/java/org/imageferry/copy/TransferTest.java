package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.copy.EngineScene.A;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.jdbc.RowDump;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.SnapshotId;
import org.imageferry.rebuild.Findings;
import org.imageferry.rebuild.Rebuild;
import org.imageferry.rebuild.Source;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.transfer.Inventory;
import org.imageferry.transfer.Prune;
import org.imageferry.transfer.Transfer;
import org.imageferry.transfer.Transfer.Brought;
import org.imageferry.transfer.Transfer.There;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a catalog needs of its stores is brought into others.
class TransferTest {
    @TempDir private Path folder;
    private RebuildScene scene;
    private EngineScene engine;
    private final ExecutorService lanes = Executors.newFixedThreadPool(2);
    private final Map<RegionId, MemoryRegionStore> others = new LinkedHashMap<>();
    private final AtomicLong moved = new AtomicLong();

    @BeforeEach
    void begin() {
        scene = new RebuildScene(folder);
        engine = scene.engine();
        engine.durable().regions().forEach(region -> others.put(region, new MemoryRegionStore()));
    }

    @AfterEach
    void close() {
        lanes.shutdownNow();
        scene.close();
    }

    private MemoryRegionStore other(RegionId region) {
        return Optional.ofNullable(others.get(region)).orElseThrow();
    }

    private Brought bring(RegionId region, There there) throws StoreException {
        return bring(region, other(region), there);
    }

    private Brought bring(RegionId region, RegionStore to, There there) throws StoreException {
        return new Transfer(
                        new Inventory(engine.durable().catalog(), region),
                        engine.store(region),
                        to,
                        there,
                        lanes,
                        moved::addAndGet)
                .run();
    }

    private List<ObjectName> names(RegionStore store, String prefix) throws StoreException {
        try (var names = store.list(prefix)) {
            return names.toList();
        }
    }

    private ObjectName anyOf(String prefix) throws StoreException {
        return names(other(A), prefix).getFirst();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void allIsThereAgainAfterARebuildOfTheOtherStores(long seed) throws Exception {
        new RandomInstallation(engine, seed).fill();
        RebuildScene.tellStores(engine);
        for (RegionId region : engine.durable().regions()) {
            engine.collect(region, true);
        }
        String installation = engine.see(tables -> tables.regions().installation());
        List<Source> sources = new ArrayList<>();
        for (RegionId region : engine.durable().regions()) {
            new StoreIdentity(installation, region).write(other(region));
            Brought brought = bring(region, There.TRUSTED);
            assertThat(brought.missing()).isEmpty();
            assertThat(brought.damaged()).isEmpty();
            assertThat(brought.brought()).isEqualTo(brought.objects());
            sources.add(new Source(region, other(region)));
        }
        Path file = scene.next();
        try (Catalog catalog = scene.empty(file)) {
            Findings findings =
                    new Rebuild(
                                    catalog,
                                    sources,
                                    new Rebuild.Plan(Disks.PART_BYTES, true, false),
                                    _ -> {})
                            .run();
            assertThat(findings.notes()).isEmpty();
        }
        Map<String, List<String>> rows = RowDump.of(file);
        RowDump.of(scene.lost())
                .forEach((table, its) -> assertThat(rows.get(table)).as(table).isEqualTo(its));
    }

    @Test
    void recordsThatTheCatalogDoesNotKnowToBeWrittenStay() throws Exception {
        ImageId image = new Requests(engine).image(1);
        RebuildScene.tellStores(engine);
        long known = engine.see(tables -> tables.outbox().last(A));
        SnapshotId snapshot = engine.snapshots(image).getFirst();
        engine.change(tables -> {
            tables.outbox().add(A, snapshot.value(), "{}");
            return tables;
        });
        engine.store(A).write(StoreLayout.record(known + 1), ByteBuffer.wrap(new byte[2]));

        assertThat(bring(A, There.TRUSTED).missing()).isEmpty();

        assertThat(names(other(A), "records/")).contains(StoreLayout.record(known));
        assertThat(StoreIdentity.lastRecord(other(A))).isEqualTo(known);
        assertThat(StoreAge.newer(engine.durable().catalog(), A, other(A))).isEmpty();
    }

    @Test
    void whatIsThereIsNotBroughtAgainAndNotRead() throws Exception {
        Requests ask = new Requests(engine);
        ask.image(1);
        RebuildScene.tellStores(engine);
        long first = bring(A, There.TRUSTED).brought();
        assertThat(first).isPositive();
        long bytes = moved.get();
        assertThat(bytes).isGreaterThan(new Inventory(engine.durable().catalog(), A).bytes());
        ask.image(2);

        Brought second = bring(A, There.TRUSTED);

        assertThat(second.brought()).isPositive().isLessThan(second.objects());
        assertThat(second.objects()).isEqualTo(first + second.brought());
    }

    @Test
    void whatIsThereAndBadIsBroughtAgainWhereItIsRead() throws Exception {
        new Requests(engine).image(1);
        RebuildScene.tellStores(engine);
        bring(A, There.TRUSTED);
        List<ObjectName> bad = List.of(anyOf("segments/"), anyOf("manifests/"), anyOf("records/"));
        for (ObjectName name : bad) {
            spoil(other(A), name);
        }

        assertThat(bring(A, There.TRUSTED).brought()).isZero();
        Brought again = bring(A, There.READ);

        assertThat(again.brought()).isEqualTo(3);
        assertThat(again.damaged()).isEmpty();
        assertThat(bring(A, There.READ).brought()).isZero();
    }

    private static void spoil(RegionStore store, ObjectName name) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate((int) store.length(name));
        store.read(name, 0, bytes);
        bytes.put(5, (byte) (bytes.get(5) ^ 1));
        store.delete(name);
        store.write(name, bytes.flip());
    }

    @Test
    void whatDoesNotArriveAsItWasSentIsSentAgainAndThenRefused() throws Exception {
        new Requests(engine).image(1);
        AtomicInteger writes = new AtomicInteger();
        Garbling once = new Garbling(other(A), () -> writes.incrementAndGet() == 1);
        Brought brought = bring(A, once, There.TRUSTED);
        assertThat(brought.damaged()).isEmpty();
        assertThat(bring(A, There.READ).brought()).isZero();

        Garbling always = new Garbling(new MemoryRegionStore(), () -> true);
        assertThatThrownBy(() -> bring(A, always, There.TRUSTED))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("did not arrive as it was sent");
    }

    @Test
    void whatIsMissingOrDamagedInTheFirstStoreIsTold() throws Exception {
        Requests ask = new Requests(engine);
        ask.image(1);
        ask.image(2);
        List<ObjectName> segments = names(engine.store(A), "segments/");
        assertThat(segments).hasSizeGreaterThan(1);
        engine.store(A).delete(segments.get(0));
        spoil(engine.store(A), segments.get(1));

        Brought brought = bring(A, There.TRUSTED);

        assertThat(brought.missing()).containsExactly(segments.get(0));
        assertThat(brought.damaged()).containsExactly(segments.get(1));
    }

    @Test
    void whatIsBrokenOffGoesOnWhereItWas() throws Exception {
        new RandomInstallation(engine, 5).fill();
        RebuildScene.tellStores(engine);
        long objects = bring(A, new MemoryRegionStore(), There.TRUSTED).objects();
        int tries = 0;
        Optional<Brought> done = Optional.empty();
        while (done.isEmpty()) {
            tries++;
            AtomicInteger left = new AtomicInteger(60);
            RegionStore breaking =
                    new FaultyRegionStore(
                            other(A),
                            _ ->
                                    left.decrementAndGet() < 0
                                            ? Optional.of(
                                                    new StoreException(
                                                            StoreException.Kind.FAILED, "killed"))
                                            : Optional.empty());
            try {
                done = Optional.of(bring(A, breaking, There.TRUSTED));
            } catch (StoreException e) {
                assertThat(e).hasMessage("killed");
            }
        }
        assertThat(tries).isGreaterThan(1);
        assertThat(done.get().objects()).isEqualTo(objects);
        assertThat(bring(A, There.READ).brought()).isZero();
    }

    @Test
    void whatIsNotNeededAnyMoreIsPruned() throws Exception {
        Requests ask = new Requests(engine);
        ImageId gone = ask.image(1);
        ask.image(2);
        RebuildScene.tellStores(engine);
        bring(A, There.TRUSTED);
        new StoreIdentity("0".repeat(32), A).write(other(A));
        CompactionScene files = new CompactionScene(engine, ask);
        files.delete(A, gone);
        RebuildScene.tellStores(engine);
        engine.collect(A, true);
        Inventory inventory = new Inventory(engine.durable().catalog(), A);

        bring(A, There.TRUSTED);
        assertThat(new Prune(inventory, other(A)).run()).isPositive();

        assertThat(names(other(A), "segments/"))
                .containsExactlyInAnyOrderElementsOf(names(engine.store(A), "segments/"));
        assertThat(names(other(A), "records/"))
                .containsExactlyInAnyOrderElementsOf(names(engine.store(A), "records/"));
        assertThat(StoreIdentity.read(other(A))).isPresent();
        assertThat(bring(A, There.READ).brought()).isZero();
    }
}
