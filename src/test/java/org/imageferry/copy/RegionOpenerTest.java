package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Outbox;
import org.imageferry.domain.RegionId;
import org.imageferry.records.AccountRecord;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegionOpenerTest {
    private final EngineScene scene = new EngineScene();
    private final MemoryRegionStore store = new MemoryRegionStore();

    @AfterEach
    void close() {
        scene.close();
    }

    private static Region region(RegionId id, RegionStore store) {
        RegionHealth health = new RegionHealth();
        return new Region(id, id.value(), store, Map.of(), 1, health);
    }

    private Optional<String> open(RegionStore opened) {
        Region region = region(A, opened);
        new RegionOpener(scene.durable().catalog(), "node-1").open(region);
        return region.health().gone();
    }

    private String installation() {
        return scene.see(tables -> tables.regions().installation());
    }

    private long generation() {
        return scene.see(tables -> tables.regions().generation(A));
    }

    @Test
    void aNewStoreBecomesThisInstallations() throws Exception {
        assertThat(open(store)).isEmpty();
        assertThat(StoreIdentity.read(store)).contains(new StoreIdentity(installation(), A));
        assertThat(StoreIdentity.generation(store)).isEqualTo(1);
    }

    @Test
    void eachStartRaisesTheGeneration() throws Exception {
        open(store);
        open(store);
        assertThat(generation()).isEqualTo(2);
        assertThat(StoreIdentity.generation(store)).isEqualTo(2);
    }

    /// What is superseded goes while somebody else looks.
    @Test
    void aRecordThatAnotherNodeDropsMeanwhileIsNoTrouble() throws Exception {
        open(store);
        AtomicBoolean dropped = new AtomicBoolean();
        FaultyRegionStore raced =
                new FaultyRegionStore(
                        store,
                        operation -> {
                            boolean now =
                                    operation.kind() == Operation.Kind.LENGTH
                                            && operation.name().value().startsWith("records/")
                                            && !dropped.getAndSet(true);
                            return now
                                    ? Optional.of(
                                            new StoreException(
                                                    StoreException.Kind.MISSING, "dropped"))
                                    : Optional.empty();
                        });
        Outbox.Entry record = pending();
        store.write(
                StoreLayout.record(record.sequence()),
                ByteBuffer.wrap(record.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(open(raced)).isEmpty();
        assertThat(dropped).isTrue();
    }

    private Outbox.Entry pending() {
        return scene.change(tables -> {
            tables.outbox().add(A, "anything", "{}");
            return tables.outbox().pending(A, 1).getFirst();
        });
    }

    @Test
    void theStoreOfAnotherInstallationIsNotTouched() throws Exception {
        new StoreIdentity("0123456789abcdef".repeat(2), A).write(store);
        var before = store.objects();
        assertThat(open(store).orElseThrow())
                .contains("belongs to installation 0123456789abcdef", installation());
        assertThat(store.objects()).isEqualTo(before);
    }

    @Test
    void theStoreOfAnotherRegionIsNotTouched() throws Exception {
        new StoreIdentity(installation(), B).write(store);
        assertThat(open(store).orElseThrow()).contains("is that of region region-b");
    }

    @Test
    void aCatalogOfALowerGenerationIsAnOldOne() throws Exception {
        open(store);
        StoreIdentity.raise(store, 7);
        assertThat(open(store).orElseThrow()).contains("is at generation 7, the catalog only at 1");
        assertThat(generation()).isEqualTo(1);
        assertThat(StoreIdentity.generation(store)).isEqualTo(7);
    }

    @Test
    void aCatalogThatDoesNotKnowTheLastRecordIsAnOldOne() throws Exception {
        open(store);
        writeAll();
        write(4);
        assertThat(open(store).orElseThrow())
                .contains("holds record 4, the catalog knows of 3", "older than the store")
                .contains("imageferry rebuild");
    }

    /// What is changed elsewhere is told to all stores, also to one that does not open.
    @Test
    void anOldCatalogDoesNotBecomeNewEnoughByItsOwnRecords() throws Exception {
        open(store);
        writeAll();
        write(4);
        for (int i = 0; i < 3; i++) {
            change();
            assertThat(open(store).orElseThrow())
                    .contains("holds record 4, the catalog knows of 3", "older than the store");
        }
    }

    @Test
    void aRecordThatWasWrittenWhenTheProcessDiedIsNoNewerOne() throws Exception {
        open(store);
        writeAll();
        change();
        var pending = scene.see(tables -> tables.outbox().pending(A, 1)).getFirst();
        store.write(
                StoreLayout.record(4),
                ByteBuffer.wrap(pending.body().getBytes(StandardCharsets.UTF_8)));
        assertThat(open(store)).isEmpty();
    }

    private void writeAll() {
        assertThat(new RecordWriter(scene.shop()).step(region(A, store))).isTrue();
    }

    private void write(long record) throws Exception {
        store.write(
                StoreLayout.record(record), ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)));
    }

    private void change() {
        scene.change(tables -> {
            AccountRecord.changed(tables, ME);
            return A;
        });
    }

    @Test
    void anEmptyStoreInThePlaceOfAFullOneIsNoStore() {
        open(store);
        MemoryRegionStore other = new MemoryRegionStore();
        assertThat(open(other).orElseThrow()).contains("is empty, though");
        assertThat(other.objects()).isEmpty();
    }

    @Test
    void aStoreThatVanishedIsOpenedWhenItIsBack() throws Exception {
        scene.open();
        scene.store(A).vanish();
        scene.open();
        assertThat(scene.regionOf(A).health().gone()).isPresent();
        assertThat(scene.regionOf(B).health().gone()).isEmpty();
        scene.store(A).comeBack();
        scene.open();
        assertThat(scene.regionOf(A).health().trouble()).isEmpty();
        new Requests(scene).image(ME, A, Requests.disk(1, 1));
    }

    @Test
    void aCrashBetweenCatalogAndStoreIsMended() throws Exception {
        open(store);
        scene.change(tables -> {
            tables.regions().setGeneration(A, 5);
            return A;
        });
        assertThat(open(store)).isEmpty();
        assertThat(StoreIdentity.generation(store)).isEqualTo(6);
    }

    @Test
    void aStoreThatFailsIsInTrouble() {
        scene.before(_ -> Optional.of(new StoreException(StoreException.Kind.FAILED, "it burns")));
        scene.open();
        assertThat(scene.regionOf(A).health().gone()).contains("it burns");
    }
}
