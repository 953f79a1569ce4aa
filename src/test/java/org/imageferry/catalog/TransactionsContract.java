package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.LongStream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.junit.jupiter.api.Test;

interface TransactionsContract extends CatalogFixture {
    @Test
    default void aWriteReturnsWhatItsWorkReturns() {
        assertThat(catalog().<String>write(_ -> "answer")).isEqualTo("answer");
        assertThat(catalog().<String>read(_ -> "answer")).isEqualTo("answer");
    }

    @Test
    default void whatWasWrittenIsReadFromThenOn() {
        AccountId account = scenes().account();
        assertThat(rows(tables -> tables.accounts().all())).contains(account);
    }

    @Test
    default void aRefusedWriteLeavesNothingAndTellsItsReason() {
        RefusedException refusal = new RefusedException(new Refusal.NonceUsed());
        assertThatThrownBy(() ->
                        change(tables -> {
                            tables.regions().ensure(new RegionId("us-east-1"));
                            throw refusal;
                        }))
                .isSameAs(refusal);
        assertThat(rows(tables -> tables.regions().all()))
                .doesNotContain(new RegionId("us-east-1"));
    }

    @Test
    default void aWriteThatDiesLeavesNothing() {
        assertThatThrownBy(() ->
                        change(tables -> {
                            tables.regions().ensure(new RegionId("us-east-1"));
                            throw new StackOverflowError("planned");
                        }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(rows(tables -> tables.regions().all()))
                .doesNotContain(new RegionId("us-east-1"));
        change(tables -> tables.regions().ensure(new RegionId("us-west-1")));
        assertThat(rows(tables -> tables.regions().all()))
                .contains(new RegionId("us-west-1"))
                .doesNotContain(new RegionId("us-east-1"));
    }

    @Test
    default void aStatementThatFailsLeavesNothingOfItsTransaction() {
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        change(tables -> {
                            tables.regions().ensure(new RegionId("us-east-1"));
                            tables.regions().nextTicket(new RegionId("no-where"));
                        }))
                .withMessageContaining("no-where");
        assertThat(rows(tables -> tables.regions().all()))
                .doesNotContain(new RegionId("us-east-1"));
    }

    @Test
    default void aWriteThatGoesOnAfterAFailedStatementIsUndoneAllTheSame() {
        AccountId account = scenes().account();
        assertThatIllegalStateException()
                .isThrownBy(() ->
                        change(tables -> {
                            addAgain(tables, account);
                            tables.regions().ensure(new RegionId("us-east-1"));
                        }))
                .withMessageContaining("breaks a rule");
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> addAgain(tables, account)))
                .withMessageContaining("breaks a rule");
        assertThat(rows(tables -> tables.regions().all()))
                .doesNotContain(new RegionId("us-east-1"));
    }

    @Test
    default void whatFailedOnceCanBeDoneNext() {
        AccountId account = scenes().account();
        for (int i = 0; i < 3; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> change(tables -> CatalogScenes.add(tables, account, "again")))
                    .withMessageContaining("breaks a rule");
            AccountId next = scenes().account();
            assertThat(rows(tables -> tables.accounts().all())).contains(next);
        }
    }

    /// Fails, and hides it.
    private static void addAgain(Tables tables, AccountId account) {
        try {
            CatalogScenes.add(tables, account, "again");
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("account");
        }
    }

    @Test
    default void aTransactionInsideAnotherIsRefused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> change(_ -> catalog().write(_ -> 1)))
                .withMessageContaining("inside another");
        assertThatIllegalStateException()
                .isThrownBy(() -> catalog().read(_ -> catalog().write(_ -> 1)));
        assertThatIllegalStateException().isThrownBy(() -> change(_ -> catalog().read(_ -> 1)));
        assertThatIllegalStateException().isThrownBy(() -> change(_ -> catalog().close()));
    }

    @Test
    default void aReadMustNotChangeAnything() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> catalog().<Long>read(tables -> tables.regions().nextTicket(HANGZHOU)))
                .withMessageContaining("a read must not change");
        assertThat(catalog().<Long>write(tables -> tables.regions().nextTicket(HANGZHOU)))
                .isEqualTo(1);
    }

    @Test
    default void theTablesOfAnEndedTransactionAreOfNoUse() {
        List<Accounts> kept = new ArrayList<>();
        change(tables -> kept.add(tables.accounts()));
        assertThatIllegalStateException().isThrownBy(() -> kept.getFirst().all());
    }

    @Test
    default void timeStandsStillInATransactionAndHasMilliseconds() {
        change(tables -> {
            Instant now = tables.now();
            assertThat(now).isEqualTo(Instant.parse("2026-11-22T08:00:00.123Z"));
            clock().advance(Duration.ofSeconds(1));
            assertThat(tables.now()).isEqualTo(now);
        });
        assertThat(catalog().read(Tables::now))
                .isEqualTo(Instant.parse("2026-11-22T08:00:01.123Z"));
    }

    @Test
    default void writersAreAlone() throws Exception {
        scenes();
        int each = 25;
        Racing.all(
                8,
                _ ->
                        LongStream.range(0, each)
                                .map(_ -> catalog().<Long>write(TransactionsContract::raiseByOne))
                                .max()
                                .orElseThrow());
        assertThat(number(tables -> tables.regions().generation(HANGZHOU))).isEqualTo(8L * each);
    }

    private static long raiseByOne(Tables tables) {
        long next = tables.regions().generation(HANGZHOU) + 1;
        tables.regions().setGeneration(HANGZHOU, next);
        return next;
    }

    @Test
    default void aReadSeesOneStateWhileAWriterWorks() throws Exception {
        scenes();
        boolean steady =
                Racing.all(2, i -> i == 0 ? raiseOften() : catalog().read(this::looksSteady))
                        .stream()
                        .allMatch(yes -> yes);
        assertThat(steady).isTrue();
        assertThat(number(tables -> tables.regions().generation(HANGZHOU))).isEqualTo(100);
    }

    private boolean raiseOften() {
        for (int i = 0; i < 100; i++) {
            catalog().<Long>write(TransactionsContract::raiseByOne);
        }
        return true;
    }

    private boolean looksSteady(Tables tables) {
        long first = tables.regions().generation(HANGZHOU);
        return LongStream.range(0, 1_000)
                .allMatch(_ -> tables.regions().generation(HANGZHOU) == first);
    }

    @Test
    default void aClosedCatalogSaysSo() {
        catalog().close();
        catalog().close();
        assertThatIllegalStateException()
                .isThrownBy(() -> catalog().read(_ -> 1))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> catalog().write(_ -> 1));
    }

    @Test
    default void whoListensHearsOfRegionsWithWorkOnceItIsCommitted() {
        Queue<RegionId> heard = new ConcurrentLinkedQueue<>();
        catalog().listen(heard::add);
        AccountId account = scenes().account();
        assertThat(heard).isEmpty();
        change(tables -> {
            tables.outbox().add(HANGZHOU, "a-subject", "{}");
            assertThat(heard).isEmpty();
        });
        assertThat(heard).containsOnly(HANGZHOU);
        heard.clear();
        assertThatThrownBy(() ->
                        change(tables -> {
                            tables.outbox().add(HANGZHOU, "a-subject", "{}");
                            throw new IllegalStateException("planned for " + account);
                        }))
                .hasMessageContaining("planned");
        rows(tables -> tables.outbox().pending(HANGZHOU, 10));
        assertThat(heard).isEmpty();
    }

    @Test
    default void aTaskThatWaitsStartsOrEndsRingsForItsRegion() {
        Queue<RegionId> heard = new ConcurrentLinkedQueue<>();
        catalog().listen(heard::add);
        Task waiting = scenes().imported(scenes().account(), HANGZHOU);
        assertThat(heard).containsOnly(HANGZHOU);
        heard.clear();
        Task running = scenes().start(waiting, 0);
        assertThat(heard).containsOnly(HANGZHOU);
        heard.clear();
        scenes().end(running);
        assertThat(heard).containsOnly(HANGZHOU);
    }
}
