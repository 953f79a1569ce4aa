package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Tags;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface SnapshotsContract extends CatalogFixture {
    private Optional<Snapshot> found(SnapshotId id) {
        return row(tables -> tables.snapshots().find(id));
    }

    @Test
    default void aSnapshotIsFoundAsItWasInsertedAndUpdated() {
        AccountId account = scenes().account();
        Snapshot from = scenes().snapshot(account, SHANGHAI);
        Image copy = scenes().blank(account, HANGZHOU);
        Snapshot snapshot = Snapshot.copyOf(from, scenes().snapshotId(), copy, Optional.empty());
        change(tables -> tables.snapshots().insert(snapshot));
        assertThat(found(snapshot.id())).contains(snapshot);
        Snapshot whole = snapshot.with(scenes().digest());
        change(tables -> tables.snapshots().update(whole));
        assertThat(found(snapshot.id())).contains(whole);
    }

    @Test
    default void aSnapshotThatIsGoneCannotBeUpdated() {
        Snapshot snapshot = scenes().snapshot(scenes().account(), HANGZHOU);
        change(tables -> tables.snapshots().delete(snapshot.id()));
        assertThat(found(snapshot.id())).isEmpty();
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.snapshots().update(snapshot)));
    }

    @Test
    default void aSnapshotOfAnImageStaysUntilTheImageGoes() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        SnapshotId disk = CatalogScenes.disk(image, 0);
        assertRefused(disk);
        change(tables -> tables.images().delete(image.id()));
        change(tables -> tables.snapshots().delete(disk));
        assertThat(found(disk)).isEmpty();
    }

    @Test
    default void aSnapshotThatATaskReadsStaysUntilTheTaskEnds() {
        Image image = scenes().image(scenes().account(), HANGZHOU);
        SnapshotId disk = CatalogScenes.disk(image, 0);
        Task task = scenes().copy(image, SHANGHAI);
        change(tables -> tables.images().delete(image.id()));
        assertThat(is(t -> t.snapshots().isRead(disk))).isTrue();
        assertRefused(disk);
        scenes().end(task);
        assertThat(is(t -> t.snapshots().isRead(disk))).isFalse();
        change(tables -> tables.snapshots().delete(disk));
        assertThat(found(disk)).isEmpty();
    }

    private void assertRefused(SnapshotId id) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> change(tables -> tables.snapshots().delete(id)))
                .extracting(RefusedException::refusal)
                .isEqualTo(new Refusal.SnapshotInUse(id));
        assertThat(found(id)).isPresent();
    }

    @Test
    default void aSnapshotGoesWithItsPartsButNotWithWhatTheyHold() {
        Scope scope = scenes().scope();
        Snapshot snapshot = scenes().snapshot(scope.account(), scope.region());
        Parts.Part part = scenes().part(scope, 1);
        scenes().attach(snapshot, 0, part);
        change(tables -> tables.snapshots().delete(snapshot.id()));
        assertThat(rows(tables -> tables.parts().of(snapshot.id()))).isEmpty();
        assertThat(row(t -> t.parts().find(scope, part.digest()))).contains(part);
    }

    @Test
    default void snapshotsAreListedNewestFirstAndFiltered() {
        AccountId account = scenes().account();
        Snapshot loose = scenes().snapshot(account, HANGZHOU);
        scenes().snapshot(account, SHANGHAI);
        clock().advance(Duration.ofSeconds(1));
        Image image = scenes().image(account, HANGZHOU);
        SnapshotId used = CatalogScenes.disk(image, 0);
        Optional<Boolean> yes = Optional.of(true);
        Optional<Boolean> any = Optional.empty();
        assertThat(ids(query(account, Set.of(), Optional.empty(), any, any)))
                .containsExactly(used, loose.id());
        assertThat(ids(query(account, Set.of(loose.id()), Optional.empty(), any, any)))
                .containsExactly(loose.id());
        assertThat(ids(query(account, Set.of(), Optional.of("a snapshot"), any, any))).hasSize(2);
        assertThat(ids(query(account, Set.of(), Optional.of("a snap"), any, any))).isEmpty();
        assertThat(ids(query(account, Set.of(), Optional.empty(), yes, any))).containsExactly(used);
        assertThat(ids(query(account, Set.of(), Optional.empty(), any, yes))).containsExactly(used);
        assertThat(ids(query(account, Set.of(), Optional.empty(), Optional.of(false), any)))
                .containsExactly(loose.id());
        assertThat(ids(query(account, Set.of(), Optional.empty(), any, Optional.of(false))))
                .containsExactly(loose.id());
    }

    private static Snapshots.Query filter(
            AccountId account,
            Optional<Boolean> system,
            Optional<ResourceGroupId> group,
            Optional<Instant> createdFrom,
            Optional<Instant> createdTo) {
        return Snapshots.Query.of(account, HANGZHOU)
                .with(
                        new Snapshots.Traits(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                system,
                                group,
                                createdFrom,
                                createdTo));
    }

    @Test
    default void snapshotsAreFilteredByDiskGroupAndAge() {
        AccountId account = scenes().account();
        Snapshot system = scenes().wholeSnapshot(account, HANGZHOU, 1);
        clock().advance(Duration.ofSeconds(1));
        Snapshot data = scenes().wholeSnapshot(account, HANGZHOU, 1);
        scenes().insert(scenes().blank(account, HANGZHOU, system, data));
        Optional<Boolean> any = Optional.empty();
        Optional<ResourceGroupId> all = Optional.empty();
        Optional<Instant> ever = Optional.empty();
        assertThat(ids(filter(account, Optional.of(true), all, ever, ever)))
                .containsExactly(system.id());
        assertThat(ids(filter(account, Optional.of(false), all, ever, ever)))
                .containsExactly(data.id());
        Optional<ResourceGroupId> standard = Optional.of(ResourceGroupId.standard(account));
        assertThat(ids(filter(account, any, standard, ever, ever))).hasSize(2);
        Optional<ResourceGroupId> other = Optional.of(new ResourceGroupId("rg-other"));
        assertThat(ids(filter(account, any, other, ever, ever))).isEmpty();
        assertThat(ids(filter(account, any, all, Optional.of(data.created()), ever)))
                .containsExactly(data.id());
        assertThat(ids(filter(account, any, all, ever, Optional.of(system.created()))))
                .containsExactly(system.id());
    }

    @Test
    default void snapshotsAreFilteredByNameWithWildcardsAndByTags() {
        AccountId account = scenes().account();
        Snapshot plain = scenes().snapshot(account, HANGZHOU);
        Snapshot tagged = plain.with(plain.attributes().with(new Tags(Map.of("app", "web"))));
        change(tables -> tables.snapshots().update(tagged));
        scenes().snapshot(account, HANGZHOU);
        assertThat(ids(tagged(account, Map.of("app", "web")))).containsExactly(tagged.id());
        assertThat(ids(tagged(account, Map.of("app", "")))).containsExactly(tagged.id());
        assertThat(ids(tagged(account, Map.of("app", "", "zone", "")))).isEmpty();
        assertThat(ids(tagged(account, Map.of("app", "db")))).isEmpty();
        Optional<Boolean> any = Optional.empty();
        assertThat(ids(query(account, Set.of(), Optional.of("a sn*"), any, any))).hasSize(2);
        assertThat(ids(query(account, Set.of(), Optional.of("b*"), any, any))).isEmpty();
    }

    private static Snapshots.Query tagged(AccountId account, Map<String, String> tags) {
        return new Snapshots.Query(account, HANGZHOU, Set.of(), tags, Snapshots.Traits.ANY);
    }

    @Test
    default void aListGoesOnWhereItWasWhateverWasMadeMeanwhile() {
        AccountId account = scenes().account();
        Snapshot oldest = scenes().snapshot(account, HANGZHOU);
        clock().advance(Duration.ofSeconds(1));
        Snapshot older = scenes().snapshot(account, HANGZHOU);
        Snapshot old = scenes().snapshot(account, HANGZHOU);
        Snapshots.Query all = Snapshots.Query.of(account, HANGZHOU);
        assertThat(after(all, Optional.empty(), 1)).containsExactly(older);
        clock().advance(Duration.ofSeconds(1));
        scenes().snapshot(account, HANGZHOU);
        assertThat(after(all, Optional.of(place(older)), 1)).containsExactly(old);
        assertThat(after(all, Optional.of(place(old)), 5)).containsExactly(oldest);
        assertThat(after(all, Optional.of(place(oldest)), 5)).isEmpty();
    }

    private static Snapshots.Place place(Snapshot snapshot) {
        return new Snapshots.Place(snapshot.created(), snapshot.id());
    }

    private List<Snapshot> after(
            Snapshots.Query query, Optional<Snapshots.Place> place, int limit) {
        return rows(tables -> tables.snapshots().list(query, place, limit).items());
    }

    @Test
    default void aPageOfSnapshotsTellsHowManyThereAre() {
        AccountId account = scenes().account();
        List<SnapshotId> three =
                List.of(
                        scenes().snapshot(account, HANGZHOU).id(),
                        scenes().snapshot(account, HANGZHOU).id(),
                        scenes().snapshot(account, HANGZHOU).id());
        Snapshots.Query all =
                query(account, Set.of(), Optional.empty(), Optional.empty(), Optional.empty());
        Page<Snapshot> last = catalog().read(tables -> tables.snapshots().list(all, 2, 5));
        assertThat(last.total()).isEqualTo(3);
        assertThat(last.items()).extracting(Snapshot::id).containsExactly(three.getLast());
    }

    @Test
    default void snapshotsAreCounted() {
        AccountId account = scenes().account();
        Snapshot one = scenes().snapshot(account, HANGZHOU);
        scenes().snapshot(account, HANGZHOU);
        scenes().snapshot(account, SHANGHAI);
        assertThat(count(account)).isEqualTo(2);
        change(tables -> tables.snapshots().delete(one.id()));
        assertThat(count(account)).isEqualTo(1);
        assertThat(count(scenes().account())).isZero();
    }

    private long count(AccountId account) {
        return catalog().read(tables -> tables.snapshots().count(account, HANGZHOU));
    }

    @Test
    default void thatASnapshotWasDeletedIsRememberedForItsOwner() {
        Snapshot snapshot = scenes().snapshot(scenes().account(), HANGZHOU);
        assertThat(is(t -> wasDeleted(t, snapshot, snapshot.account()))).isFalse();
        change(tables -> tables.snapshots().delete(snapshot.id()));
        assertThat(is(t -> wasDeleted(t, snapshot, snapshot.account()))).isTrue();
        AccountId other = scenes().account();
        assertThat(is(t -> wasDeleted(t, snapshot, other))).isFalse();
        clock().advance(Duration.ofSeconds(1));
        change(tables -> tables.snapshots().forgetDeleted(tables.now(), 10));
        assertThat(is(t -> wasDeleted(t, snapshot, snapshot.account()))).isFalse();
    }

    private static boolean wasDeleted(Tables tables, Snapshot snapshot, AccountId account) {
        return tables.snapshots().wasDeleted(snapshot.id(), account);
    }

    @Test
    default void snapshotsExpireWhenTheirTimeIsOverAndNothingNeedsThem() {
        AccountId account = scenes().account();
        Snapshot kept = keptForADay(scenes().wholeSnapshot(account, HANGZHOU, 1));
        keptForADay(scenes().snapshot(account, HANGZHOU)); // not whole yet
        scenes().wholeSnapshot(account, HANGZHOU, 1); // stays
        Image image = scenes().image(account, HANGZHOU);
        keptForADay(found(CatalogScenes.disk(image, 0)).orElseThrow());
        Snapshot read = keptForADay(scenes().wholeSnapshot(account, HANGZHOU, 1));
        scenes().copy(read, SHANGHAI);
        assertThat(expired()).isEmpty();
        clock().advance(Duration.ofDays(1));
        assertThat(expired()).containsExactly(kept);
    }

    private Snapshot keptForADay(Snapshot snapshot) {
        SnapshotAttributes now = snapshot.attributes();
        Snapshot kept =
                snapshot.with(
                        new SnapshotAttributes(
                                now.name(),
                                now.description(),
                                now.group(),
                                Optional.of(1),
                                now.tags(),
                                now.makesImages()));
        change(tables -> tables.snapshots().update(kept));
        return kept;
    }

    private List<Snapshot> expired() {
        return rows(tables -> tables.snapshots().expired(HANGZHOU, tables.now(), 10));
    }

    private static Snapshots.Query query(
            AccountId account,
            Set<SnapshotId> ids,
            Optional<String> name,
            Optional<Boolean> accomplished,
            Optional<Boolean> used) {
        return new Snapshots.Query(
                account,
                HANGZHOU,
                ids,
                Map.of(),
                new Snapshots.Traits(
                        name,
                        accomplished,
                        used,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private List<SnapshotId> ids(Snapshots.Query query) {
        Page<Snapshot> page = catalog().read(tables -> tables.snapshots().list(query, 0, 10));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Snapshot::id).toList();
    }
}
