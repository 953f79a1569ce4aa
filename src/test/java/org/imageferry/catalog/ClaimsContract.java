package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.imageferry.domain.Image;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface ClaimsContract extends CatalogFixture {
    Duration LEASE = Duration.ofSeconds(60);

    /// A running copy with parts of 100 bytes on offer.
    private Task offered(int parts) {
        Task task =
                scenes().start(
                                scenes().copy(
                                                scenes().image(scenes().account(), HANGZHOU),
                                                SHANGHAI),
                                0);
        List<Claims.Offer> offers =
                IntStream.range(0, parts)
                        .mapToObj(i -> new Claims.Offer(i, Optional.of(scenes().digest()), 100))
                        .toList();
        change(tables -> tables.claims().offer(task.id(), brought(tables, task), offers));
        return task;
    }

    private static SnapshotId brought(Tables tables, Task task) {
        return CatalogScenes.disk(tables.images().find(task.itsImage()).orElseThrow(), 0);
    }

    private Instant until() {
        return catalog().read(Tables::now).plus(LEASE);
    }

    private Optional<Claims.PartClaim> claim(Task task) {
        return catalog().write(t -> t.claims().claimPart(task.id(), "n1", t.now().plus(LEASE)));
    }

    private Optional<Long> claimWhole(Task task) {
        return catalog().write(t -> t.claims().claimTask(task.id(), "n1", t.now().plus(LEASE)));
    }

    private boolean holds(long claim) {
        return is(tables -> tables.claims().holds(claim));
    }

    private boolean renew(long claim, long done) {
        return catalog().write(t -> t.claims().renew(claim, t.now().plus(LEASE), done));
    }

    private void done(long claim) {
        change(tables -> tables.claims().done(claim));
    }

    private void giveBack(long claim, Instant notBefore) {
        change(tables -> tables.claims().giveBack(claim, notBefore, true));
    }

    private long progress(Task task) {
        return catalog()
                .read(tables -> tables.tasks().find(task.id()).orElseThrow().progress().done());
    }

    private long unfinished(Task task) {
        return number(tables -> tables.claims().unfinishedBytes(task.id()));
    }

    private boolean allDone(Task task) {
        return is(tables -> tables.claims().allDone(task.id()));
    }

    @Test
    default void partsAreClaimedInTheirOrderAndOnce() {
        Task task = offered(3);
        Claims.PartClaim first = claim(task).orElseThrow();
        Claims.PartClaim second = claim(task).orElseThrow();
        Claims.PartClaim third = claim(task).orElseThrow();
        assertThat(List.of(first.number(), second.number(), third.number()))
                .containsExactly(0, 1, 2);
        assertThat(first.claim()).isLessThan(second.claim());
        assertThat(first.attempts()).isZero();
        assertThat(first.bytes()).isEqualTo(100);
        assertThat(first.name()).isPresent();
        assertThat(first.task()).isEqualTo(task.id());
        assertThat(first.snapshot()).isEqualTo(catalog().read(t -> brought(t, task)));
        assertThat(claim(task)).isEmpty();
        assertThat(allDone(task)).isFalse();
    }

    @Test
    default void aPartNeedsNoSourceAndNoKnownLength() {
        Task task = offered(0);
        change(t ->
                t.claims()
                        .offer(
                                task.id(),
                                brought(t, task),
                                List.of(new Claims.Offer(7, Optional.empty(), 0))));
        Claims.PartClaim part = claim(task).orElseThrow();
        assertThat(part.name()).isEmpty();
        assertThat(part.number()).isEqualTo(7);
        done(part.claim());
        assertThat(progress(task)).isZero();
        assertThat(allDone(task)).isTrue();
    }

    @Test
    default void ofThreadsThatRaceForPartsEachGetsItsOwn() throws Exception {
        Task task = offered(12);
        List<List<Integer>> each =
                Racing.all(
                        4,
                        _ -> {
                            List<Integer> mine = new ArrayList<>();
                            for (var part = claim(task); part.isPresent(); part = claim(task)) {
                                mine.add(part.get().number());
                            }
                            return mine;
                        });
        List<Integer> all = each.stream().flatMap(List::stream).toList();
        assertThat(all)
                .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 12).boxed().toList());
    }

    @Test
    default void aDonePartIsNotOfferedAgainAndCountsInFull() {
        Task task = offered(2);
        Claims.PartClaim part = claim(task).orElseThrow();
        assertThat(renew(part.claim(), 30)).isTrue();
        assertThat(progress(task)).isEqualTo(30);
        assertThat(unfinished(task)).isEqualTo(30);
        done(part.claim());
        assertThat(unfinished(task)).isZero();
        assertThat(progress(task)).isEqualTo(100);
        assertThat(holds(part.claim())).isFalse();
        assertThat(allDone(task)).isFalse();
        assertThat(claim(task).orElseThrow().number()).isEqualTo(1);
        assertThat(claim(task)).isEmpty();
    }

    @Test
    default void aPartThatIsGivenBackForNoFaultOfItsOwnCountsNoAttempt() {
        Task task = offered(1);
        long claim = claim(task).orElseThrow().claim();
        change(tables -> tables.claims().giveBack(claim, tables.now(), false));
        assertThat(claim(task).orElseThrow().attempts()).isZero();
    }

    @Test
    default void aPartThatIsGivenBackWaitsAndCountsOneAttemptMore() {
        Task task = offered(1);
        Instant notBefore = catalog().read(Tables::now).plusSeconds(30);
        giveBack(claim(task).orElseThrow().claim(), notBefore);
        assertThat(claim(task)).isEmpty();
        clock().advance(Duration.ofSeconds(30));
        Claims.PartClaim again = claim(task).orElseThrow();
        assertThat(again.attempts()).isEqualTo(1);
        giveBack(again.claim(), notBefore);
        assertThat(claim(task).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    default void aSecondTryCountsNothingTwice() {
        Task task = offered(1);
        Claims.PartClaim first = claim(task).orElseThrow();
        renew(first.claim(), 60);
        renew(first.claim(), 40);
        assertThat(progress(task)).isEqualTo(60);
        giveBack(first.claim(), catalog().read(Tables::now));
        Claims.PartClaim second = claim(task).orElseThrow();
        renew(second.claim(), 50);
        assertThat(progress(task)).isEqualTo(60);
        renew(second.claim(), 80);
        assertThat(progress(task)).isEqualTo(80);
        done(second.claim());
        assertThat(progress(task)).isEqualTo(100);
    }

    @Test
    default void aClaimIsHeldUntilItsTimeIsOver() {
        Task task = offered(1);
        long claim = claim(task).orElseThrow().claim();
        clock().advance(LEASE.minusMillis(1));
        assertThat(holds(claim)).isTrue();
        assertThat(renew(claim, 0)).isTrue();
        clock().advance(LEASE.minusMillis(1));
        assertThat(holds(claim)).isTrue();
        clock().advance(Duration.ofMillis(1));
        assertThat(holds(claim)).isFalse();
        assertThat(renew(claim, 10)).isFalse();
        assertThat(progress(task)).isZero();
    }

    @Test
    default void aClaimThatRanOutIsAnybodysAndItsHolderComesTooLate() {
        Task task = offered(1);
        Claims.PartClaim late = claim(task).orElseThrow();
        clock().advance(LEASE);
        Claims.PartClaim next = claim(task).orElseThrow();
        assertThat(next.number()).isEqualTo(late.number());
        assertThat(next.claim()).isGreaterThan(late.claim());
        assertThat(next.attempts()).isZero();
        done(late.claim());
        giveBack(late.claim(), until());
        assertThat(renew(late.claim(), 90)).isFalse();
        assertThat(holds(next.claim())).isTrue();
        assertThat(allDone(task)).isFalse();
        assertThat(progress(task)).isZero();
    }

    @Test
    default void expiryEndsTheClaimsWhoseTimeIsOverAndNoOthers() {
        Task task = offered(2);
        long first = claim(task).orElseThrow().claim();
        clock().advance(Duration.ofSeconds(30));
        long second = claim(task).orElseThrow().claim();
        clock().advance(Duration.ofSeconds(30));
        change(tables -> tables.claims().expire());
        assertThat(holds(first)).isFalse();
        assertThat(holds(second)).isTrue();
        assertThat(claim(task).orElseThrow().number()).isZero();
    }

    @Test
    default void theClaimsOfALostNodeEndAtOnce() {
        Task task = offered(2);
        long lost = claim(task).orElseThrow().claim();
        Claims.PartClaim kept =
                catalog()
                        .write(t -> t.claims().claimPart(task.id(), "n2", t.now().plus(LEASE)))
                        .orElseThrow();
        change(tables -> tables.claims().expire("n1"));
        assertThat(holds(lost)).isFalse();
        assertThat(holds(kept.claim())).isTrue();
        assertThat(claim(task).orElseThrow().attempts()).isZero();
    }

    @Test
    default void claimsAreNeverNumberedTheSame() {
        Task task = offered(1);
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            long claim = claim(task).orElseThrow().claim();
            numbers.add(claim);
            giveBack(claim, catalog().read(Tables::now));
        }
        assertThat(numbers).isSorted().doesNotHaveDuplicates();
    }

    @Test
    default void aTaskWithoutPartsIsClaimedAsAWhole() {
        Task task = scenes().export(scenes().image(scenes().account(), HANGZHOU));
        long claim = claimWhole(task).orElseThrow();
        assertThat(holds(claim)).isTrue();
        assertThat(claimWhole(task)).isEmpty();
        assertThat(claim(task)).isEmpty();
        assertThat(allDone(task)).isTrue();
        clock().advance(LEASE);
        assertThat(claimWhole(task).orElseThrow()).isGreaterThan(claim);
    }

    @Test
    default void aTaskIsNotClaimedAsAWholeWhileAPartOfItIs() {
        Task task = offered(1);
        long part = claim(task).orElseThrow().claim();
        assertThat(claimWhole(task)).isEmpty();
        done(part);
        assertThat(claimWhole(task)).isPresent();
    }

    @Test
    default void aWholeTaskThatIsGivenBackWaitsAndCountsNothingTwice() {
        Task task = scenes().export(scenes().image(scenes().account(), HANGZHOU));
        long first = claimWhole(task).orElseThrow();
        renew(first, 500);
        giveBack(first, catalog().read(Tables::now).plusSeconds(5));
        assertThat(claimWhole(task)).isEmpty();
        clock().advance(Duration.ofSeconds(5));
        long second = claimWhole(task).orElseThrow();
        renew(second, 400);
        assertThat(progress(task)).isEqualTo(500);
        renew(second, 700);
        assertThat(progress(task)).isEqualTo(700);
        done(second);
        assertThat(holds(second)).isFalse();
        assertThat(progress(task)).isEqualTo(700);
    }

    @Test
    default void partsOfOneTaskAreNothingToAnother() {
        Task task = offered(1);
        Image image = scenes().image(task.account(), HANGZHOU);
        Task other = scenes().copy(image, SHANGHAI);
        assertThat(claim(other)).isEmpty();
        assertThat(allDone(other)).isTrue();
    }
}
