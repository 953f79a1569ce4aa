package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.server.Ledger.Attempt;
import org.imageferry.server.Ledger.Exporting;
import org.imageferry.server.Ledger.Held;

/// What clients do while a server may die at any moment: import, copy, cancel, export, delete, collect
/// garbage, by chance. All that is acknowledged goes into the ledger.
final class KillLife {
    private static final int MOST_CHANGES = 8;
    private static final int MOST_IMAGES = 12;

    private final Served scene;
    private final Ledger ledger;
    private final Random random;
    private final List<TestDisk> disks;
    private final String key;
    private int names;

    /// @param key begins the keys of the disks in the first region's bucket
    KillLife(Served scene, Ledger ledger, Random random, List<TestDisk> disks, String key) {
        this.scene = scene;
        this.ledger = ledger;
        this.random = random;
        this.disks = disks;
        this.key = key;
    }

    /// Makes changes until there were enough, or the server is gone.
    void live() throws Exception {
        int changes = 1 + random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes && scene.alive(); i++) {
            attempt(change());
        }
    }

    /// Asks again what was not answered. The server is alive.
    void askAgain() throws Exception {
        List<Attempt> again = new ArrayList<>(ledger.unanswered);
        ledger.unanswered.clear();
        for (Attempt attempt : again) {
            attempt(attempt);
        }
    }

    private void attempt(Attempt attempt) throws EcsFailure {
        try {
            attempt.make(scene.wire());
        } catch (EcsFailure e) {
            if (!scene.leavesOpen(e)) {
                throw e;
            }
            ledger.unanswered.add(attempt);
        }
    }

    private Attempt change() {
        List<Held> images = List.copyOf(ledger.images.values());
        if (images.isEmpty()) {
            return importing();
        }
        Held one = images.get(random.nextInt(images.size()));
        if (images.size() >= MOST_IMAGES) {
            return delete(one);
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> importing();
            case 2, 3, 4, 5 -> copying(one);
            case 6 -> cancel(one);
            case 7 -> export(one);
            case 8 -> delete(one);
            default -> Wire::collectGarbage;
        };
    }

    private Attempt importing() {
        int disk = random.nextInt(disks.size());
        String region = scene.regions().getFirst();
        String name = name();
        Call call = Wire.importing(region, key + disk, name).once(name);
        return wire -> ledger.hold(new Held(wire.image(call), region, name, disks.get(disk)));
    }

    private Attempt copying(Held source) {
        String destination = otherThan(source.region());
        String name = name();
        Call call = Wire.copying(source.region(), source.id(), destination, name).once(name);
        return wire -> {
            try {
                ledger.hold(new Held(wire.image(call), destination, name, source.content()));
            } catch (EcsFailure e) {
                // its source may not be whole yet, or be deleted; another copy may be under way
                expect(
                        e,
                        "IncorrectImageStatus",
                        "OperationDenied.ImageCopying",
                        "InvalidSnapshotId.NotFound",
                        "InvalidImageId.NotFound");
            }
        };
    }

    private Attempt cancel(Held image) {
        return wire -> {
            try {
                wire.cancelCopy(image.region(), image.id());
                ledger.release(image);
            } catch (EcsFailure e) {
                // too late, or it was imported; a cancel whose answer was lost is found done
                expect(
                        e,
                        "IncorrectImageStatus",
                        "ImageCreatedNotFromCopy",
                        "InvalidImageId.NotFound");
                if (e.code().equals("InvalidImageId.NotFound")) {
                    ledger.release(image);
                }
            }
        };
    }

    private Attempt export(Held image) {
        return wire -> {
            try {
                String task = wire.export(image.region(), image.id());
                String object = image.id() + "_" + task + ".raw";
                ledger.exports.add(new Exporting(task, image.region(), object, image.content()));
            } catch (EcsFailure e) {
                expect(e, "IncorrectImageStatus", "ImageIsExporting", "InvalidImageId.NotFound");
            }
        };
    }

    /// Image and snapshots. A snapshot that is read by a copy must stay, and so stays the image.
    private Attempt delete(Held image) {
        List<String> snapshots = new ArrayList<>();
        return wire -> {
            try {
                wire.find(image.region(), image.id())
                        .ifPresent(shown -> snapshots.addAll(shown.snapshots()));
                wire.deleteImage(image.region(), image.id());
            } catch (EcsFailure e) {
                expect(e, "OperationDenied.ImageCopying", "ImageIsImporting", "ImageIsExporting");
                return;
            }
            ledger.release(image);
            for (String snapshot : Set.copyOf(snapshots)) {
                deleteSnapshot(wire, image, snapshot);
            }
        };
    }

    private void deleteSnapshot(Wire wire, Held image, String snapshot) throws EcsFailure {
        try {
            wire.deleteSnapshot(image.region(), snapshot);
        } catch (EcsFailure e) {
            expect(e, "InvalidSnapshotId.NotFound"); // a first try had come so far
        }
    }

    /// @throws EcsFailure if there was no answer
    private void expect(EcsFailure refusal, String... codes) throws EcsFailure {
        if (scene.leavesOpen(refusal)) {
            throw refusal;
        }
        assertThat(refusal.code()).as(refusal.reason()).isIn((Object[]) codes);
    }

    private String otherThan(String region) {
        List<String> others = scene.regions().stream().filter(it -> !it.equals(region)).toList();
        return others.get(random.nextInt(others.size()));
    }

    private String name() {
        return "image-" + ++names;
    }
}
