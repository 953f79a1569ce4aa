package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotAttributes;
import org.imageferry.domain.SnapshotId;
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
        Snapshot snapshot = Snapshot.copyOf(from, scenes().snapshotId(), copy);
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
        return new Snapshots.Query(account, HANGZHOU, ids, name, accomplished, used);
    }

    private List<SnapshotId> ids(Snapshots.Query query) {
        Page<Snapshot> page = catalog().read(tables -> tables.snapshots().list(query, 0, 10));
        assertThat(page.total()).isEqualTo(page.items().size());
        return page.items().stream().map(Snapshot::id).toList();
    }
}
