package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.CatalogException;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.jdbc.TestCatalog;
import org.imageferry.copy.Errands.Kind;
import org.imageferry.copy.Region;
import org.imageferry.copy.RegionHealth;
import org.imageferry.domain.RegionId;
import org.imageferry.store.MemoryRegionStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LookoutTest {
    private static final List<Region> REGIONS =
            IntStream.range(0, 100).mapToObj(i -> region("region-%03d".formatted(i))).toList();

    private static final RegionId HERE = REGIONS.get(7).id();
    private static final RegionId THERE = REGIONS.get(8).id();

    private final TestCatalog tables =
            TestCatalog.open(InstantSource.fixed(Instant.EPOCH), new SplittableRandom(1));
    private final CountedCatalog catalog = new CountedCatalog();
    private final Bells bells = new Bells();
    private final Calls calls = new Calls(1);
    private long nanos;
    private int others;
    private int inWork;
    private Duration looksTake = Duration.ZERO;
    private final Lookout lookout =
            new Lookout(
                    catalog,
                    "node",
                    REGIONS,
                    bells,
                    calls,
                    () -> nanos,
                    () -> others,
                    () -> inWork,
                    new SplittableRandom(1));

    /// Counts what is read of it, and fails when it is told to.
    private final class CountedCatalog implements Catalog {
        private int reads;
        private boolean gone;

        @Override
        public <T> T read(Function<Tables, T> work) {
            reads++;
            nanos += looksTake.toNanos();
            if (gone) {
                throw new CatalogException("the connection is gone");
            }
            return tables.catalog().read(work);
        }

        @Override
        public <T> T write(Function<Tables, T> work) {
            return tables.catalog().write(work);
        }

        @Override
        public void listen(Consumer<RegionId> listener) {}

        @Override
        public void close() {}
    }

    private static Region region(String id) {
        return new Region(
                new RegionId(id), id, new MemoryRegionStore(), Map.of(), 1, new RegionHealth());
    }

    LookoutTest() {
        catalog.write(all -> {
            REGIONS.forEach(region -> all.regions().ensure(region.id()));
            return REGIONS;
        });
    }

    @AfterEach
    void close() {
        tables.close();
    }

    private void records(RegionId region) {
        catalog.write(all -> {
            all.outbox().add(region, "m-1", "{}");
            return region;
        });
    }

    /// Whether somebody was called since this was asked last.
    private boolean called(RegionId region) throws InterruptedException {
        Duration now = Duration.ZERO;
        return calls.of(region, Kind.RECORDS).await(0, now, now);
    }

    private void aRoundPasses() {
        nanos += Lookout.ROUND.toNanos();
    }

    private void aLookFails() {
        catalog.gone = true;
        assertThatThrownBy(lookout::look).isInstanceOf(CatalogException.class);
        catalog.gone = false;
    }

    @Test
    void aRoundOverAHundredRegionsIsOneLook() throws Exception {
        records(HERE);
        lookout.look();
        assertThat(catalog.reads).isEqualTo(1);
        assertThat(called(HERE)).isTrue();
        assertThat(called(THERE)).isFalse();
    }

    @Test
    void untilTheNextRoundNobodyLooksWhereNothingRang() throws Exception {
        lookout.look();
        records(HERE);
        lookout.look();
        assertThat(catalog.reads).isEqualTo(1);
        assertThat(called(HERE)).isFalse();

        aRoundPasses();
        lookout.look();
        assertThat(catalog.reads).isEqualTo(2);
        assertThat(called(HERE)).isTrue();
    }

    @Test
    void whoRingsAllTheTimePutsOffNobodysRound() throws Exception {
        lookout.look();
        records(THERE);
        for (int half = 0; half < 2; half++) {
            assertThat(called(THERE)).isFalse();
            nanos += Lookout.ROUND.toNanos() / 2;
            bells.ring(HERE);
            lookout.look();
        }
        assertThat(called(THERE)).isTrue();
    }

    @Test
    void whereItRangIsLookedAtAndNowhereElse() throws Exception {
        lookout.look();
        records(HERE);
        records(THERE);
        bells.ring(HERE);
        lookout.look();
        assertThat(called(HERE)).isTrue();
        assertThat(called(THERE)).isFalse();
    }

    @Test
    void ringsBeforeALookAreAnsweredByOne() throws Exception {
        lookout.look();
        records(HERE);
        records(THERE);
        bells.ring(HERE);
        bells.ring(HERE);
        bells.ring(THERE);
        lookout.look();
        lookout.look();
        assertThat(catalog.reads).isEqualTo(2);
        assertThat(called(HERE)).isTrue();
        assertThat(called(THERE)).isTrue();
    }

    @Test
    void whatAFailedLookWouldHaveToldTheNextOneTells() throws Exception {
        lookout.look();
        records(HERE);
        bells.ring(HERE);
        aLookFails();
        lookout.look();
        assertThat(called(HERE)).isTrue();
    }

    @Test
    void aRoundThatFailedIsMadeAgain() throws Exception {
        records(HERE);
        aLookFails();
        lookout.look();
        assertThat(called(HERE)).isTrue();
    }

    @Test
    void oneOfManyNodesWaitsByChance() {
        others = 9;
        assertThat(lookout.courtesy()).as("nobody knows yet how long a look takes").isZero();
        looksTake = Duration.ofMillis(2);
        lookout.look();
        List<Duration> waits = Stream.generate(lookout::courtesy).limit(1_000).toList();
        assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofMillis(2 * 5 * 9)) <= 0);
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMillis(60)) > 0);
        assertThat(waits).anyMatch(wait -> wait.compareTo(Duration.ofMillis(9)) < 0);

        inWork = 3;
        assertThat(Stream.generate(lookout::courtesy).limit(1_000))
                .as("with more in work longer")
                .anyMatch(wait -> wait.compareTo(Duration.ofMillis(240)) > 0);

        others = 0;
        assertThat(lookout.courtesy()).isZero();
    }

    @Test
    void aCatalogThatHangsMakesNobodyWaitForLong() {
        others = 99;
        looksTake = Duration.ofMinutes(1);
        lookout.look();
        assertThat(Stream.generate(lookout::courtesy).limit(100))
                .allMatch(wait -> wait.compareTo(Duration.ofSeconds(1)) <= 0);
    }
}
