package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.ME;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.blocks.BlockEncoder;
import org.imageferry.blocks.SegmentBuilder;
import org.imageferry.blocks.StoreIdentity;
import org.imageferry.blocks.StoreLayout;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ObjectId;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.User;
import org.imageferry.domain.UserId;
import org.imageferry.domain.UserName;
import org.imageferry.rebuild.Findings;
import org.imageferry.rebuild.Findings.Counted;
import org.imageferry.rebuild.RebuildException;
import org.imageferry.records.StoredRecord;
import org.imageferry.records.UserRecord;
import org.imageferry.store.FaultyRegionStore;
import org.imageferry.store.MemoryRegionStore;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Stores that are torn, lie, or are somebody else's make no wrong catalog.
class HostileStoresTest {
    private static final String HEAD = "{\"kind\":\"image\",\"id\":\"m-00000000000000000001\"";
    private static final ObjectId STRANGE = ObjectId.parse("3f0102030405060708090a0b0c0d0e0f");

    @TempDir private Path folder;
    private RebuildScene scene;
    private EngineScene before;
    private Requests ask;
    private SqliteCatalog catalog;

    @BeforeEach
    void begin() {
        scene = new RebuildScene(folder);
        before = scene.engine();
        ask = new Requests(before);
        catalog = scene.empty(scene.next());
    }

    @AfterEach
    void close() {
        catalog.close();
        scene.close();
    }

    private MemoryRegionStore store() {
        return before.store(A);
    }

    private void put(ObjectName name, String text) throws StoreException {
        store().delete(name);
        store().write(name, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String text(ObjectName name) throws StoreException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(store().length(name)));
        store().read(name, 0, bytes);
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    private void assertRefused(String... because) {
        assertThatExceptionOfType(RebuildException.class)
                .isThrownBy(() -> scene.rebuild(catalog))
                .withMessageContainingAll(because);
    }

    static Stream<String> rubbish() {
        return Stream.of(
                "",
                "{",
                "[]",
                "null",
                "no JSON",
                "{\"kind\":\"image\"}",
                HEAD + "}",
                HEAD + ",\"revision\":0}",
                HEAD + ",\"revision\":1e400}",
                HEAD + ",\"revision\":9223372036854775808}",
                HEAD + ",\"revision\":1}{}",
                HEAD + ",\"revision\":1,\"revision\":2}",
                HEAD + ",\"revision\":1,\"deleted\":\"yes\"}",
                HEAD.replace("image", "planet") + ",\"revision\":1}",
                HEAD.replace("m-0", "../0") + ",\"revision\":1}",
                HEAD + ",\"revision\":1,\"disks\":" + "[".repeat(50) + "]".repeat(50) + "}",
                HEAD + ",\"revision\":1,\"disks\":[" + "[],".repeat(1_000_000) + "[]]}",
                HEAD + ",\"revision\":1,\"x\":\"" + "x".repeat(StoredRecord.MOST_BYTES) + "\"}");
    }

    @ParameterizedTest
    @MethodSource("rubbish")
    void aRecordThatIsNoneStopsTheRebuildUnlessItIsForced(String text) throws Exception {
        ImageId image = ask.image(1);
        RebuildScene.tellStores(before);
        put(StoreLayout.record(900), text);
        assertRefused("region-a: record 900 is damaged", "--force");
        try (SqliteCatalog forced = scene.empty(scene.next())) {
            Findings findings = scene.rebuild(forced, true, store -> store);
            assertThat(findings.of(A, Counted.LEFT_OUT)).isEqualTo(1);
            assertThat(forced.<Boolean>read(t -> t.images().find(image).isPresent())).isTrue();
        }
    }

    @Test
    void aTornRecordIsNoRecord() throws Exception {
        ask.image(1);
        RebuildScene.tellStores(before);
        ObjectName torn = recordsOf(A, "image").getFirst();
        put(torn, text(torn).substring(0, 40));
        assertRefused("is damaged", "it is not JSON");
    }

    @Test
    void anImageWithoutItsSnapshotsRecordIsLeftOutAndSaid() throws Exception {
        ImageId image = ask.image(1);
        RebuildScene.tellStores(before);
        store().delete(recordsOf(A, "snapshot").getFirst());
        assertRefused("image " + image, "snapshot", "is not there");
    }

    @Test
    void aSnapshotWhosePartsDontMakeItsDiskIsLeftOut() throws Exception {
        ask.image(1);
        RebuildScene.tellStores(before);
        ObjectName name = recordsOf(A, "snapshot").getFirst();
        put(name, text(name).replaceFirst("\"bytes\":\\d+", "\"bytes\":9000000000000000000"));
        assertRefused("its parts don't make the disk of its digest");
    }

    @Test
    void storesOfTwoInstallationsMakeNoCatalog() throws Exception {
        String foreign = "0123456789abcdef".repeat(2);
        before.store(B).delete(StoreLayout.installation());
        new StoreIdentity(foreign, B).write(before.store(B));
        assertRefused(
                "the store of region region-b belongs to installation " + foreign, "region-a");
    }

    @Test
    void theStoreOfAnotherRegionMakesNone() throws Exception {
        String own = before.see(tables -> tables.regions().installation());
        before.store(B).delete(StoreLayout.installation());
        new StoreIdentity(own, A).write(before.store(B));
        assertRefused("the store of region region-b is that of region region-a");
    }

    @Test
    void anEmptyStoreIsNotTakenForALostOne() throws Exception {
        before.store(B).delete(StoreLayout.installation());
        assertRefused("the store of region region-b is empty", "--without region-b");
    }

    /// Its blocks would be another scope's, or in another region.
    @Test
    void aSegmentThatLiesAboutItsScopeIsGarbage() throws Exception {
        RebuildScene.tellStores(before);
        putSegment(new Scope(ME, B));
        assertNobodysGarbage();
    }

    @Test
    void aSegmentOfAnUnknownAccountIsGarbage() throws Exception {
        RebuildScene.tellStores(before);
        putSegment(new Scope(new AccountId("9999999999999999"), A));
        assertNobodysGarbage();
    }

    @Test
    void aSegmentWithATornFooterIsGarbage() throws Exception {
        RebuildScene.tellStores(before);
        putSegment(new Scope(ME, A));
        long bits = store().length(StoreLayout.segment(STRANGE)) * Byte.SIZE;
        store().corrupt(StoreLayout.segment(STRANGE), (int) bits - 5);
        assertNobodysGarbage();
    }

    private void putSegment(Scope scope) throws Exception {
        SegmentBuilder builder =
                new SegmentBuilder(
                        STRANGE, scope, ByteBuffer.allocateDirect(SegmentBuilder.BUFFER_BYTES));
        try (BlockEncoder encoder = new BlockEncoder()) {
            ByteBuffer block = ByteBuffer.allocateDirect(4096);
            builder.append(encoder.encode(encoder.name(block), block));
        }
        store().write(StoreLayout.segment(STRANGE), builder.finish());
    }

    private void assertNobodysGarbage() throws Exception {
        Findings findings = scene.rebuild(catalog);
        assertThat(findings.of(A, Counted.BLOCKS)).isZero();
        EngineScene after = scene.goOn(catalog);
        assertThat(after.objects(A)).isEqualTo(1);
        after.collect(A, true);
        assertThat(after.objects(A)).isZero();
    }

    @Test
    void whatHasOtherNamesIsLeftAlone() throws Exception {
        RebuildScene.tellStores(before);
        put(new ObjectName("records/readme"), "hello");
        put(new ObjectName("segments/3f/short"), "hello");
        put(new ObjectName("segments/ff/3f0102030405060708090a0b0c0d0e0f"), "hello");
        assertThat(scene.rebuild(catalog).notes()).isEmpty();
        EngineScene after = scene.goOn(catalog);
        after.collect(A, true);
        assertThat(text(new ObjectName("segments/3f/short"))).isEqualTo("hello");
    }

    /// A disk that can't be read now is not one that lost its bytes.
    @Test
    void aStoreThatFailsEndsTheRebuild() throws Exception {
        ask.image(1);
        RebuildScene.tellStores(before);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() ->
                        scene.rebuild(
                                catalog,
                                true,
                                store -> new FaultyRegionStore(store, HostileStoresTest::fault)))
                .withMessage("it burns");
    }

    private static Optional<StoreException> fault(FaultyRegionStore.Operation operation) {
        return operation.name().value().startsWith("manifests/")
                ? Optional.of(new StoreException(StoreException.Kind.FAILED, "it burns"))
                : Optional.empty();
    }

    @Test
    void ofAllStoresTheNewestRecordOfAUserCountsAndAllAreToldOfIt() throws Exception {
        UserId ann = user("100000000000000001", "ann");
        UserId bob = user("100000000000000002", "bob");
        RebuildScene.tellStores(before);
        before.change(tables -> {
            UserRecord.deleted(tables, bob);
            tables.users().delete(bob);
            return bob;
        });
        new RecordWriter(before.shop()).step(before.regionOf(A)); // the others never hear of it
        scene.rebuild(catalog);
        assertThat(catalog.<Boolean>read(t -> t.users().find(ann).isPresent())).isTrue();
        assertThat(catalog.<Boolean>read(t -> t.users().find(bob).isPresent())).isFalse();
    }

    private UserId user(String id, String name) {
        UserId user = new UserId(id);
        return before.change((Tables tables) -> {
            tables.users().add(new User(user, ME, new UserName(name), tables.now()));
            UserRecord.changed(tables, user);
            return user;
        });
    }

    @Test
    void whereAStoreKnowsAnOlderStateItIsToldAnew() throws Exception {
        RebuildScene.tellStores(before);
        UserId ann = user("100000000000000001", "ann");
        new RecordWriter(before.shop()).step(before.regionOf(A)); // the others never hear of her
        scene.rebuild(catalog);
        assertThat(catalog.<Boolean>read(t -> t.users().find(ann).isPresent())).isTrue();
        assertThat(pending(B)).anyMatch(body -> body.contains("\"ann\""));
    }

    private List<String> pending(RegionId region) {
        return catalog.<List<String>>read(tables ->
                tables.outbox().pending(region, 100).stream().map(entry -> entry.body()).toList());
    }

    @Test
    void anAccountOfWhichNoStoreTellsHasWhatIsItsOwn() throws Exception {
        ImageId image = ask.image(1);
        RebuildScene.tellStores(before);
        for (RegionId region : before.durable().regions()) {
            for (ObjectName name : recordsOf(region, "account")) {
                before.store(region).delete(name);
            }
        }
        Findings findings = scene.rebuild(catalog);
        assertThat(findings.notes())
                .anySatisfy(note -> assertThat(note).contains("no store tells of account " + ME));
        EngineScene after = scene.goOn(catalog);
        assertThat(new Requests(after).content(image)).hasSize(1);
        assertThat(catalog.<String>read(t -> t.accounts().find(ME).orElseThrow().name().value()))
                .isEqualTo("account-" + ME);
    }

    private List<ObjectName> recordsOf(RegionId region, String kind) throws StoreException {
        List<ObjectName> found = new ArrayList<>();
        MemoryRegionStore store = before.store(region);
        try (Stream<ObjectName> names = store.list(StoreLayout.RECORDS)) {
            for (ObjectName name : names.toList()) {
                ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(store.length(name)));
                store.read(name, 0, bytes);
                String text = new String(bytes.array(), StandardCharsets.UTF_8);
                if (text.contains("\"kind\":\"" + kind + "\"")) {
                    found.add(name);
                }
            }
        }
        return found;
    }
}
