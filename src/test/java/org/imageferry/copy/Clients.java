package org.imageferry.copy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.imageferry.copy.Known.KnownImage;
import org.imageferry.copy.Known.KnownSnapshot;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BlockCheck;
import org.imageferry.domain.Description;
import org.imageferry.domain.Digest;
import org.imageferry.domain.ExportFormat;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// People with accounts, who ask for whatever comes to their mind, at any node that runs.
final class Clients {
    private static final int CLIENTS = 3;
    private static final int LONGEST_PAUSE_SECONDS = 20;
    private static final int ENOUGH = 2;
    private static final int NAMES = 6;

    private final Knobs knobs;
    private final RandomGenerator chance;
    private final Scheduler scheduler;
    private final Durable durable;
    private final Known known;
    private final TaskWatch tasks;
    private final Supplier<Optional<Node>> nodes;
    private final List<Repeated> repeatable = new ArrayList<>();
    private int left;
    private int working = CLIENTS;
    private long nonces;
    private int keys;

    /// A request that had a client token, and what it was answered.
    private record Repeated(AccountId account, CopyRequest request, ImageId answer) {}

    /// @param nodes finds one that takes requests
    Clients(
            Knobs knobs,
            RandomGenerator chance,
            Scheduler scheduler,
            Durable durable,
            Known known,
            TaskWatch tasks,
            Supplier<Optional<Node>> nodes) {
        this.knobs = knobs;
        this.chance = chance;
        this.scheduler = scheduler;
        this.durable = durable;
        this.known = known;
        this.tasks = tasks;
        this.nodes = nodes;
        this.left = knobs.requests();
    }

    void start() {
        for (int i = 1; i <= CLIENTS; i++) {
            scheduler.start("client " + i, this, this::work);
        }
    }

    boolean done() {
        return working == 0;
    }

    private void work() throws StoreException {
        while (left > 0) {
            Optional<Node> node = nodes.get();
            if (node.isPresent()) {
                left--;
                ask(new Desk(node.get()));
            }
            scheduler.sleep(Duration.ofSeconds(chance.nextInt(LONGEST_PAUSE_SECONDS)));
        }
        working--;
    }

    private void ask(Desk desk) throws StoreException {
        scheduler.serve(desk.node);
        try {
            any(desk);
        } catch (RefusedException e) {
            // as it may be: each refusal has its own test
        } catch (Crash e) {
            scheduler.survive(); // nobody knows what became of the request
        }
        scheduler.serve(this);
    }

    private void any(Desk desk) throws StoreException {
        if (knobs.cancels().asked(chance)) {
            undo(desk);
            return;
        }
        if (known.images().stream().noneMatch(this::isAvailable)) {
            if (tasks.open().size() < ENOUGH) {
                importImage(desk);
            } else {
                left++; // comes back when there is something to work with
            }
            return;
        }
        switch (chance.nextInt(19)) {
            case 0, 1, 2, 3 -> importImage(desk);
            case 4, 5 -> export(desk);
            case 6 -> desk.verifications.verify(caller(), anyRegion(), anyImage());
            case 7 -> repeat(desk);
            case 8, 9, 10 -> copySnapshot(desk);
            default -> copy(desk);
        }
    }

    /// The requests that a node takes.
    private static final class Desk {
        private final Node node;
        private final ImageCopies copies;
        private final SnapshotCopies snapshotCopies;
        private final ImageImports imports;
        private final ImageExports exports;
        private final Verifications verifications;
        private final Deletions deletions;
        private final TaskCancellations cancellations;

        Desk(Node node) {
            this.node = node;
            Workshop shop = node.shop();
            Changes changes = new Changes(shop.catalog());
            KeyChoices keys = node.keys().choices();
            copies = new ImageCopies(changes, shop.regions(), keys, shop.ids());
            snapshotCopies = new SnapshotCopies(changes, shop.regions(), keys, shop.ids());
            imports = new ImageImports(changes, shop.regions(), shop.buckets(), keys, shop.ids());
            exports = new ImageExports(changes, shop.regions(), shop.buckets(), keys, shop.ids());
            verifications = new Verifications(changes, shop.regions(), shop.ids());
            deletions = new Deletions(changes, shop.regions());
            cancellations = new TaskCancellations(changes);
        }
    }

    private Caller caller(AccountId account) {
        return new Caller(account, "key", "nonce " + nonces++);
    }

    private Caller caller() {
        return caller(any(durable.accounts()));
    }

    private <T> T any(List<T> list) {
        return list.get(chance.nextInt(list.size()));
    }

    private RegionId anyRegion() {
        return any(List.copyOf(durable.regions()));
    }

    private Optional<ImageId> anyImage() {
        return chance.nextBoolean() ? Optional.empty() : pick(known.images()).map(KnownImage::id);
    }

    /// Mostly one that suits, so that most requests get somewhere; now and then any.
    private <T> Optional<T> pick(List<T> from, Predicate<T> suits) {
        List<T> suitable = from.stream().filter(suits).toList();
        return suitable.isEmpty() || chance.nextInt(6) == 0 ? pick(from) : pick(suitable);
    }

    private <T> Optional<T> pick(List<T> from) {
        return from.isEmpty() ? Optional.empty() : Optional.of(any(from));
    }

    private boolean isAvailable(KnownImage image) {
        return durable.catalog()
                .read(tables -> tables.images().find(image.id()))
                .filter(Image::available)
                .isPresent();
    }

    private Optional<ImageName> anyName() {
        return chance.nextInt(3) > 0
                ? Optional.empty()
                : Optional.of(new ImageName("golden-" + chance.nextInt(NAMES)));
    }

    private void importImage(Desk desk) throws StoreException {
        AccountId account = any(durable.accounts());
        RegionId region = anyRegion();
        List<ImportRequest.DiskSource> disks = new ArrayList<>();
        for (int i = 0; i <= chance.nextInt(2); i++) {
            ObjectKey key = new ObjectKey("disk-" + keys++ + ".raw");
            put(account, region, key);
            disks.add(new ImportRequest.DiskSource(Buckets.DEFAULT, key, Optional.of("RAW")));
        }
        Accepted accepted =
                desk.imports.importImage(
                        caller(account),
                        Requests.importing(region, disks, anyName(), chance.nextInt(20) == 0));
        acknowledge(accepted.image());
        if (chance.nextInt(10) == 0) {
            known.overwrites(disks.getFirst().object());
            put(account, region, disks.getFirst().object());
        }
    }

    private void put(AccountId account, RegionId region, ObjectKey key) throws StoreException {
        byte[] disk = Disks.any(chance);
        known.object(account, region, key, durable.put(account, region, key, disk), disk);
    }

    private void copy(Desk desk) throws StoreException {
        Optional<KnownImage> found = pick(known.images(), this::isAvailable);
        if (found.isEmpty()) {
            importImage(desk);
            return;
        }
        KnownImage source = found.get();
        List<RegionId> regions = List.copyOf(durable.regions());
        RegionId destination =
                pick(regions, region -> !region.equals(source.region())).orElseThrow();
        boolean token = chance.nextInt(4) == 0;
        CopyRequest request =
                new CopyRequest(
                        source.id(),
                        source.region(),
                        Optional.of(destination),
                        anyName(),
                        Description.NONE,
                        Optional.empty(),
                        Tags.NONE,
                        Optional.empty(),
                        Optional.empty(),
                        chance.nextInt(20) == 0,
                        token
                                ? Optional.of(new ClientToken("token " + nonces++, DIGEST))
                                : Optional.empty(),
                        chance.nextBoolean() ? BlockCheck.STORED : BlockCheck.CONTENT);
        ImageId answer = desk.copies.copy(caller(source.account()), request);
        acknowledge(answer);
        if (token) {
            repeatable.add(new Repeated(source.account(), request, answer));
        }
    }

    private static final Digest DIGEST = new Digest(1, 2, 3, 4);

    private void repeat(Desk desk) throws StoreException {
        if (repeatable.isEmpty()) {
            copy(desk);
            return;
        }
        Repeated before = any(repeatable);
        ImageId answer = desk.copies.copy(caller(before.account()), before.request());
        Rules.P5.require(answer.equals(before.answer()), "another answer to " + before);
    }

    /// From now on the client counts on it.
    private void acknowledge(ImageId image) {
        Rules.P5.require(
                durable.catalog().read(tables -> tables.images().find(image)).isPresent(),
                image + " was never entered");
    }

    private void copySnapshot(Desk desk) {
        Optional<KnownSnapshot> found = pick(known.snapshots(), this::isWhole);
        if (found.isPresent()) {
            KnownSnapshot source = found.get();
            SnapshotId answer =
                    desk.snapshotCopies.copy(
                            caller(source.account()),
                            Requests.copying(source.id(), source.region(), anyRegion()));
            Rules.P5.require(
                    durable.catalog().read(t -> t.snapshots().find(answer)).isPresent(),
                    answer + " was never entered");
        }
    }

    private boolean isWhole(KnownSnapshot snapshot) {
        return durable.catalog()
                .read(tables -> tables.snapshots().find(snapshot.id()))
                .filter(Snapshot::accomplished)
                .isPresent();
    }

    private void export(Desk desk) {
        pick(known.images(), this::isAvailable)
                .ifPresent(image ->
                        desk.exports.export(
                                caller(image.account()),
                                new ExportRequest(
                                        image.region(),
                                        image.id(),
                                        Buckets.DEFAULT,
                                        "",
                                        format(),
                                        false)));
    }

    /// Seldom another than RAW, for they take long to make.
    private ExportFormat format() {
        return chance.nextInt(30) > 0 ? ExportFormat.RAW : ExportFormat.QCOW2;
    }

    private void undo(Desk desk) {
        switch (chance.nextInt(10)) {
            case 0, 1, 2 -> pick(open(), Clients::isCopy).ifPresent(task -> cancelCopy(desk, task));
            case 3, 4, 5 ->
                    pick(open(), task -> !isCopy(task)).ifPresent(task -> cancel(desk, task));
            case 6, 7 -> pick(known.images(), this::isAvailable).ifPresent(i -> delete(desk, i));
            case 8 -> pick(known.snapshots(), this::isLoose).ifPresent(s -> delete(desk, s));
            default -> collect(desk);
        }
    }

    private List<Task> open() {
        return List.copyOf(tasks.open());
    }

    private static boolean isCopy(Task task) {
        return task.work() instanceof Work.CopyImage;
    }

    private boolean isLoose(KnownSnapshot snapshot) {
        return durable.catalog()
                .read(tables ->
                        tables.snapshots().find(snapshot.id()).isPresent()
                                && !tables.images().uses(snapshot.id()));
    }

    private void cancelCopy(Desk desk, Task task) {
        task.image()
                .ifPresent(
                        image -> desk.copies.cancel(caller(task.account()), task.region(), image));
        if (isCopy(task)) { // else it was about a copy of this image
            requireCancelled(task);
        }
    }

    private void cancel(Desk desk, Task task) {
        desk.cancellations.cancel(caller(task.account()), task.id());
        requireCancelled(task);
    }

    /// When the answer is there, so is the end; no transaction lies between.
    private void requireCancelled(Task task) {
        Rules.P4.require(
                durable.catalog()
                        .read(tables -> tables.tasks().find(task.id()))
                        .filter(now -> !now.open())
                        .isPresent(),
                "still open though its cancel was answered: " + task);
    }

    private void delete(Desk desk, KnownImage image) {
        known.endangered(image.id());
        try {
            desk.deletions.deleteImage(caller(image.account()), image.region(), image.id());
            known.gone(image.id());
        } catch (RefusedException e) {
            known.safe(image.id());
        }
    }

    private void delete(Desk desk, KnownSnapshot snapshot) {
        known.endangered(snapshot.id());
        try {
            desk.deletions.deleteSnapshot(caller(snapshot.account()), snapshot.id());
            known.gone(snapshot.id());
        } catch (RefusedException e) {
            known.safe(snapshot.id());
        }
    }

    private void collect(Desk desk) {
        try {
            desk.node.collector().collect(anyRegion(), true);
        } catch (StoreException e) {
            // the next pass goes on
        }
    }
}
