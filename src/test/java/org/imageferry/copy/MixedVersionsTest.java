package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.TaskState;
import org.imageferry.store.FaultyRegionStore.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nodes of this version work on a catalog while the next version brings its tables up to date: each table
/// gets another column, there are new tables, indexes and states. That is all a migration may do
/// (`MigrationScriptsTest`), so what holds here holds for each next version.
class MixedVersionsTest {
    private static final int PARTS = 6;

    /// As a next version would. Statements that were prepared before are of no more use then.
    private static final String NEXT_VERSION =
            """
            do $$ declare its_name text; begin
                for its_name in select tablename from pg_tables where schemaname = 'public'
                    and tablename not in ('flyway_schema_history', 'writers')
                loop
                    execute 'alter table ' || its_name || ' add column next_word text not null default ''x''';
                    execute 'create index next_' || its_name || ' on ' || its_name || ' (next_word)';
                end loop;
            end $$;
            create table next_table (id bigint primary key, image text references image on delete cascade);
            insert into image_state values ('Next');
            insert into task_action values ('NextAction');
            update catalog_format set version = version + 1;
            """;

    private final PostgresAddress address = TestPostgres.empty();
    private final TestClock clock = new TestClock();
    private final Durable durable = durable();
    private final EngineScene one = new EngineScene(durable, 1, "node-1");
    private final EngineScene other =
            new EngineScene(new Durable(durable, TestPostgres.open(address, clock)), 2, "node-2");
    private final Requests ask = new Requests(one);

    private Durable durable() {
        return new Durable(TestCatalog.of(TestPostgres.open(address, clock)), clock, 3, 2);
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
        TestPostgres.drop(address);
    }

    private void migrate() {
        TestPostgres.execute(address.database(), NEXT_VERSION);
    }

    /// All statements were used often before, so the server has plans for them.
    private ImageId copiedOften() throws Exception {
        one.open();
        other.open();
        ImageId image = ask.image(ME, A, Requests.disk(PARTS, 1));
        for (int i = 0; i < 6; i++) {
            ImageId copy = ask.copy(ME, image, A, C);
            one.work();
            ask.deletions().deleteImage(ask.me(), C, copy);
        }
        return image;
    }

    @Test
    void copiesGoOnWhileANewerNodeBringsTheTablesUpToDate() throws Exception {
        ImageId image = copiedOften();
        ImageId copy = ask.copy(ME, image, A, B);
        one.startTasks(B);
        one.doPart(B);
        AtomicBoolean migrated = new AtomicBoolean();
        one.before(operation -> {
            if (operation.kind() == Operation.Kind.WRITE && !migrated.getAndSet(true)) {
                migrate();
            }
            return Optional.empty();
        });
        one.doPart(B);
        assertThat(migrated).isTrue();
        other.doPart(B);
        one.work();
        assertThat(one.bringing(copy).state()).isInstanceOf(TaskState.Done.class);
        assertThat(ask.content(copy)).containsExactly(Requests.disk(PARTS, 1));
    }

    @Test
    void allThatIsAskedOfAnOldNodeItDoes() throws Exception {
        ImageId image = copiedOften();
        migrate();
        ImageId another = ask.image(ME, A, Requests.disk(2, 7));
        ImageId copy = ask.copy(ME, another, A, B);
        ImageId cancelled = ask.copy(ME, image, A, B);
        ask.copies().cancel(ask.me(), B, cancelled);
        one.work();
        assertThat(ask.content(copy)).containsExactly(Requests.disk(2, 7));
        ask.deletions().deleteImage(ask.me(), A, image);
        one.scrubAndHeal(A);
        one.collect(A, true);
        one.collect(B, true);
        one.crash();
        assertThat(one.regionOf(A).health().trouble()).isEmpty();
        assertThat(ask.content(another)).containsExactly(Requests.disk(2, 7));
    }

    @Test
    void anOldNodeThatIsStartedAgainIsToldToBeReplaced() {
        migrate();
        assertThatThrownBy(() -> TestPostgres.open(address, clock))
                .isInstanceOf(CatalogException.class)
                .hasMessageContaining("was made by a newer imageferry");
    }
}
