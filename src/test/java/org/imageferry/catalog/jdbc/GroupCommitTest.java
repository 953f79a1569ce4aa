package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Racing;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transactions that wait while another runs, and so share a commit.
class GroupCommitTest {
    private static final RegionId ONE = new RegionId("us-one");
    private static final RegionId TWO = new RegionId("us-two");
    private static final RegionId THREE = new RegionId("us-three");

    @TempDir Path folder;
    private Catalog catalog;
    private final List<FutureTask<Boolean>> waiting = new ArrayList<>();

    @BeforeEach
    void openTheCatalog() {
        catalog = SqliteCatalog.open(folder.resolve("c.db"), new TestClock(), new Random());
        new CatalogScenes(catalog);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    /// Runs these while nobody else can begin, so that all but the first find the others waiting.
    @SafeVarargs
    private void together(Consumer<Tables>... changes) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        start(_ -> {
            begun.countDown();
            awaitUnchecked(go);
        });
        begun.await();
        for (Consumer<Tables> change : changes) {
            Thread thread = start(change);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
        }
        go.countDown();
        waiting.removeFirst();
    }

    private Thread start(Consumer<Tables> change) {
        FutureTask<Boolean> task =
                new FutureTask<>(() ->
                        catalog.write(tables -> {
                            change.accept(tables);
                            return true;
                        }));
        waiting.add(task);
        return Thread.ofPlatform().daemon().start(task);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void ensure(Tables tables, RegionId region) {
        tables.regions().ensure(region);
    }

    private List<RegionId> regions() {
        return catalog.read(tables -> tables.regions().all());
    }

    @Test
    void nobodyLearnsOrShowsAnythingBeforeTheCommitOfAll() throws Exception {
        List<Boolean> early = new ArrayList<>();
        together(
                tables -> ensure(tables, ONE),
                _ -> {
                    throw new RefusedException(new Refusal.NonceUsed());
                },
                tables -> {
                    assertThat(tables.regions().all()).contains(ONE);
                    early.add(waiting.get(0).isDone());
                    early.add(waiting.get(1).isDone());
                    early.add(Racing.elsewhere(this::regions).contains(ONE));
                });
        waiting.get(2).get();
        assertThat(early).hasSize(3).containsOnly(false);
        assertThat(waiting.get(0).get()).isTrue();
        assertThat(regions()).contains(ONE);
    }

    @Test
    void whatIsRefusedOrFailsUndoesOnlyItself() throws Exception {
        together(
                tables -> ensure(tables, ONE),
                tables -> {
                    ensure(tables, TWO);
                    throw new RefusedException(new Refusal.NonceUsed());
                },
                tables -> {
                    ensure(tables, TWO);
                    tables.regions().nextTicket(new RegionId("no-where"));
                },
                tables -> ensure(tables, THREE));
        waiting.get(0).get();
        waiting.get(3).get();
        assertThatThrownBy(waiting.get(1)::get).hasCauseInstanceOf(RefusedException.class);
        assertThatThrownBy(waiting.get(2)::get).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(regions()).contains(ONE, THREE).doesNotContain(TWO);
    }

    /// What breaks a rule that is looked at in the end only makes the commit itself fail.
    @Test
    void whoseChangeSpoilsTheCommitFailsAlone() throws Exception {
        together(
                tables -> ensure(tables, ONE),
                tables -> {
                    ensure(tables, TWO);
                    Sql sql = ((JdbcTables) tables).sql();
                    sql.change("pragma defer_foreign_keys = on");
                    sql.change("update region set generation = 1 where id = ?", HANGZHOU);
                    sql.change("insert into outbox values ('nowhere', 1, 'm-1', '{}', null)");
                },
                tables -> ensure(tables, THREE));
        waiting.get(0).get();
        waiting.get(2).get();
        assertThatThrownBy(waiting.get(1)::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("breaks a rule");
        assertThat(regions()).contains(ONE, THREE).doesNotContain(TWO);
        assertThat(catalog.<Long>read(tables -> tables.regions().generation(HANGZHOU))).isZero();
    }

    /// As SQLite does by itself when its disk is full, for one.
    @Test
    void whoseChangeEndsTheWholeTransactionFailsAlone() throws Exception {
        together(
                tables -> ensure(tables, ONE),
                tables -> {
                    ensure(tables, TWO);
                    ((JdbcTables) tables).sql().change("rollback");
                    throw new IllegalStateException("planned");
                },
                tables -> ensure(tables, THREE));
        waiting.get(0).get();
        waiting.get(2).get();
        assertThatThrownBy(waiting.get(1)::get).hasMessageContaining("planned");
        assertThat(regions()).contains(ONE, THREE).doesNotContain(TWO);
    }

    @Test
    void moreThanFitIntoOneCommitAreAllKept() throws Exception {
        List<Consumer<Tables>> many = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            RegionId region = new RegionId("us-" + "abcdefghij".charAt(i % 10) + i);
            many.add(tables -> ensure(tables, region));
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        Consumer<Tables>[] all = many.toArray(new Consumer[0]);
        together(all);
        for (FutureTask<Boolean> each : waiting) {
            each.get();
        }
        assertThat(regions()).hasSize(3 + 150);
    }
}
