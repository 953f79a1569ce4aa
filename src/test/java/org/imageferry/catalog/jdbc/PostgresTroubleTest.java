package org.imageferry.catalog.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Racing;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A catalog whose connections are cut, and whose server fails.
class PostgresTroubleTest {
    private final PostgresAddress direct = TestPostgres.migrated();
    private final AtomicInteger runs = new AtomicInteger();
    private CutLine line;
    private PostgresCatalog catalog;

    @BeforeEach
    void open() throws Exception {
        line = new CutLine(direct.hosts().getFirst().port());
        PostgresAddress address = TestPostgres.at(line.port(), direct);
        catalog = TestPostgres.open(address, Duration.ofSeconds(2));
        new CatalogScenes(catalog);
    }

    @AfterEach
    void close() throws Exception {
        catalog.close();
        line.close();
        TestPostgres.giveBack(direct);
    }

    private long raise() {
        return catalog.write(tables -> {
            runs.incrementAndGet();
            return tables.regions().nextTicket(HANGZHOU);
        });
    }

    private static Sql sql(Tables tables) {
        return ((JdbcTables) tables).sql();
    }

    @Test
    void aTransactionWhoseConnectionIsCutIsRunAgain() {
        long ticket =
                catalog.write(tables -> {
                    long next = tables.regions().nextTicket(HANGZHOU);
                    if (runs.incrementAndGet() == 1) {
                        terminate(tables);
                        tables.regions().ensure(new RegionId("us-east-1"));
                    }
                    return next;
                });
        assertThat(ticket).isEqualTo(1);
        assertThat(runs).hasValue(2);
        assertThat(catalog.<List<RegionId>>read(tables -> tables.regions().all()))
                .doesNotContain(new RegionId("us-east-1"));
    }

    @Test
    void aReadWhoseConnectionIsCutIsRunAgain() {
        assertThat(
                        catalog.<List<RegionId>>read(tables -> {
                            if (runs.incrementAndGet() == 1) {
                                terminate(tables);
                            }
                            return tables.regions().all();
                        }))
                .contains(HANGZHOU);
        assertThat(runs).hasValue(2);
    }

    private static void terminate(Tables tables) {
        long backend = sql(tables).number("select pg_backend_pid()");
        TestPostgres.execute("select pg_terminate_backend(" + backend + ", 10000)");
    }

    @Test
    void whoIsCutOffEachTimeIsToldThatNothingWasChanged() {
        assertThatThrownBy(() ->
                        catalog.write(tables -> {
                            tables.regions().nextTicket(HANGZHOU);
                            runs.incrementAndGet();
                            terminate(tables);
                            return tables.regions().nextTicket(HANGZHOU);
                        }))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
                .hasMessageContaining("can't be reached");
        assertThat(runs).hasValue(3);
        assertThat(raise()).isEqualTo(1);
    }

    @Test
    void aCommitThatNeverArrivedIsMadeAgain() {
        line.cut(CutLine.Cut.BEFORE_THE_COMMIT);
        assertThat(raise()).isEqualTo(1);
        assertThat(runs).hasValue(2);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsNotMadeAgain() {
        line.cut(CutLine.Cut.AFTER_THE_COMMIT);
        assertThat(raise()).isEqualTo(1);
        assertThat(runs).hasValue(1);
        assertThat(raise()).isEqualTo(2);
    }

    @Test
    void aCommitThatArrivesAfterItWasAskedForIsRefused() {
        line.cut(CutLine.Cut.ON_THE_WAY);
        long ticket =
                catalog.write(tables -> {
                    if (runs.incrementAndGet() == 2) {
                        assertThat(line.deliver()).contains("could not serialize access");
                    }
                    return tables.regions().nextTicket(HANGZHOU);
                });
        assertThat(ticket).isEqualTo(1);
        assertThat(runs).hasValue(2);
    }

    @Test
    void aCommitThatNobodyCanAskAboutIsNeitherDoneNorFailed() {
        line.cut(CutLine.Cut.AFTER_THE_COMMIT);
        assertThatThrownBy(() ->
                        catalog.write(tables -> {
                            line.refuse();
                            return tables.regions().nextTicket(HANGZHOU);
                        }))
                .isInstanceOfSatisfying(
                        CatalogException.class, e -> assertThat(e.outcomeUnknown()).isTrue())
                .hasMessageContaining("may have been made, or not");
    }

    @Test
    void nothingIsLostOrDoneTwiceWhileConnectionsAreCutAgainAndAgain() throws Exception {
        int each = 40;
        List<Long> done = Racing.all(5, i -> i == 0 ? cutOften() : raiseOften(each));
        long successes = done.stream().mapToLong(Long::longValue).sum();
        assertThat(successes).isGreaterThan(2L * each);
        assertThat(raise()).isEqualTo(successes + 1);
    }

    private long raiseOften(int times) {
        return IntStream.range(0, times).filter(_ -> raisesOrFailsForCertain()).count();
    }

    private boolean raisesOrFailsForCertain() {
        try {
            raise();
            return true;
        } catch (CatalogException e) {
            assertThat(e.outcomeUnknown()).isFalse();
            return false;
        }
    }

    private long cutOften() {
        for (int i = 0; i < 30; i++) {
            TestPostgres.execute(
                    """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = '%s' and backend_xid is not null limit 1
                    """
                            .formatted(direct.database()));
        }
        return 0;
    }

    @ParameterizedTest
    @CsvSource({
        "53100, disk is full",
        "53200, out of memory",
        "53300, takes no more connections",
        "XX001, is damaged",
        "42501, does not let this user",
        "40001, too busy",
        "58030, failed",
    })
    void whatTheServerComplainsOfIsSaidInOurWords(String code, String words) {
        TestPostgres.execute(
                direct.database(),
                """
                create function complain() returns trigger language plpgsql as
                $$ begin raise exception 'planned' using errcode = '%s'; end $$;
                create trigger complain before update on region
                for each row execute function complain()
                """
                        .formatted(code));
        try {
            assertThatThrownBy(this::raise)
                    .isInstanceOfSatisfying(
                            CatalogException.class, e -> assertThat(e.outcomeUnknown()).isFalse())
                    .hasMessageContaining("the catalog postgresql://")
                    .hasMessageContaining(words);
        } finally {
            TestPostgres.execute(direct.database(), "drop function complain cascade");
        }
        assertThat(raise()).isEqualTo(1);
    }

    @Test
    void aStatementThatTakesTooLongIsGivenUp() {
        assertThatThrownBy(() ->
                        catalog.write(tables -> {
                            sql(tables).change("set local statement_timeout = '50ms'");
                            return sql(tables).exists("select pg_sleep(60)");
                        }))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("too slow");
    }

    @Test
    void aServerThatOnlyReadsSaysSoAndReadsAreAnswered() {
        TestPostgres.execute(
                "alter database %s set default_transaction_read_only = on"
                        .formatted(direct.database()));
        try {
            TestPostgres.execute(
                    "select pg_terminate_backend(pid, 10000) from pg_stat_activity where datname = '%s'"
                            .formatted(direct.database()));
            assertThatThrownBy(this::raise)
                    .isInstanceOf(CatalogException.class)
                    .hasMessageContaining("only reads");
            assertThat(catalog.<List<RegionId>>read(tables -> tables.regions().all()))
                    .contains(HANGZHOU);
        } finally {
            TestPostgres.execute(
                    "alter database %s reset default_transaction_read_only"
                            .formatted(direct.database()));
        }
    }
}
