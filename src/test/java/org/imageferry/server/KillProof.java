package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.server.Ledger.Exporting;
import org.imageferry.server.Ledger.Held;
import org.imageferry.store.BucketObject;
import org.imageferry.store.StoreException;
import org.imageferry.store.file.FolderBuckets;

/// Compares a server with what it promised.
final class KillProof {
    private final Served scene;
    private final Ledger ledger;
    private final Map<TestDisk, String> fingerprints = new HashMap<>();

    KillProof(Served scene, Ledger ledger) {
        this.scene = scene;
        this.ledger = ledger;
    }

    /// What must hold at any moment: what was acknowledged is there, and nothing else; nothing failed,
    /// and nothing goes back.
    void atAnyMoment() throws EcsFailure {
        for (String region : scene.regions()) {
            List<Wire.Shown> images = scene.wire().images(region);
            assertThat(images)
                    .as("images of %s", region)
                    .extracting(Wire.Shown::id)
                    .containsExactlyInAnyOrderElementsOf(
                            ledger.in(region).stream().map(Held::id).toList());
            for (Wire.Shown image : images) {
                assertThat(image.status()).isIn("Waiting", "Creating", "Available");
                assertThat(ledger.seenAt(image.id(), image.percent()))
                        .as("progress of %s before", image.id())
                        .isLessThanOrEqualTo(image.percent());
            }
            assertThat(Set.copyOf(scene.wire().snapshots(region)))
                    .as("snapshots of %s", region)
                    .isEqualTo(snapshots(images));
        }
    }

    private static Set<String> snapshots(List<Wire.Shown> images) {
        Set<String> snapshots = new HashSet<>();
        images.forEach(image -> snapshots.addAll(image.snapshots()));
        return snapshots;
    }

    /// What must hold once all tasks have ended: every image is whole, and no store holds anything that
    /// nothing needs.
    void atRest() throws Exception {
        Wire wire = scene.wire();
        for (String region : scene.regions()) {
            Patience.until("the end of all tasks", () -> wire.openTasks(region) == 0);
        }
        atAnyMoment();
        for (String region : scene.regions()) {
            assertThat(wire.images(region)).allMatch(Wire.Shown::available);
        }
        proveExports();
        for (Held image : List.copyOf(ledger.images.values())) {
            if (ledger.proven.add(image.id())) {
                proveByExport(image);
            }
        }
        for (String region : scene.regions()) {
            assertThat(wire.taskOutcome(region, wire.verify(region))).isEqualTo("Finished");
        }
        proveStoresTidy();
    }

    private void proveByExport(Held image) throws Exception {
        String task = scene.wire().export(image.region(), image.id());
        String object = image.id() + "_" + task + ".raw";
        ledger.exports.add(new Exporting(task, image.region(), object, image.content()));
        proveExports();
    }

    private void proveExports() throws Exception {
        for (Exporting export : List.copyOf(ledger.exports)) {
            assertThat(scene.wire().taskOutcome(export.region(), export.task()))
                    .isEqualTo("Finished");
            assertThat(fingerprint(export.region(), export.object()))
                    .as("content of %s in %s", export.object(), export.region())
                    .isEqualTo(fingerprint(export.content()));
            scene.wire().buckets().delete(Wire.object(export.region(), export.object()));
            ledger.exports.remove(export);
        }
    }

    private String fingerprint(TestDisk disk) throws IOException {
        String known = fingerprints.get(disk);
        if (known == null) {
            known = disk.fingerprint();
            fingerprints.put(disk, known);
        }
        return known;
    }

    /// Past the server: as the file lies in its bucket's folder.
    private String fingerprint(String region, String key) throws IOException, StoreException {
        Path buckets = scene.buckets();
        try (Stream<Path> accounts = Files.list(buckets.resolve(region));
                BucketObject object =
                        new FolderBuckets(buckets)
                                .find(
                                        new AccountId(
                                                accounts.findFirst()
                                                        .orElseThrow()
                                                        .getFileName()
                                                        .toString()),
                                        new RegionId(region),
                                        new BucketName("images"))
                                .orElseThrow()
                                .open(new ObjectKey(key))
                                .orElseThrow()) {
            return Fingerprint.of(
                    object.length(), object.extents(0, object.length()), object::read);
        }
    }

    /// Collects until only what images need is left, then counts the files themselves.
    private void proveStoresTidy() throws Exception {
        Wire wire = scene.wire();
        for (String region : scene.regions()) {
            Wire.Usage rest =
                    Patience.await(
                            "a tidy store of " + region,
                            () -> {
                                wire.collectGarbage();
                                Wire.Usage usage = wire.usage(region);
                                boolean tidy = usage.idle() == 0 && usage.condemned() == 0;
                                return tidy
                                        ? java.util.Optional.of(usage)
                                        : java.util.Optional.empty();
                            });
            assertThat(rest.status()).isEqualTo("available");
            assertThat(scene.objects(region)).as("objects in %s", region).isEqualTo(rest.needed());
        }
    }

    /// Deletes everything. Nothing must be left of it.
    void nothingIsLeftBehind() throws Exception {
        for (Held image : List.copyOf(ledger.images.values())) {
            List<String> snapshots =
                    scene.wire().find(image.region(), image.id()).orElseThrow().snapshots();
            scene.wire().deleteImage(image.region(), image.id());
            ledger.release(image);
            for (String snapshot : snapshots) {
                scene.wire().deleteSnapshot(image.region(), snapshot);
            }
        }
        proveStoresTidy();
        for (String region : scene.regions()) {
            assertThat(scene.objects(region)).as("objects in the empty %s", region).isZero();
        }
    }

    /// The names of what was cancelled or deleted can be used again.
    void namesAreFree(String key) {
        String region = scene.regions().getFirst();
        for (String name : ledger.freeNames) {
            assertThatCode(
                            () -> {
                                String image =
                                        scene.wire().image(Wire.importing(region, key, name));
                                assertThat(scene.wire().outcome(region, image))
                                        .isEqualTo("Available");
                            })
                    .as("import as %s", name)
                    .doesNotThrowAnyException();
        }
    }
}
