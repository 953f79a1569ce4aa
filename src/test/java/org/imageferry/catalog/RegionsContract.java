package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.imageferry.catalog.CatalogScenes.BEIJING;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.util.List;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.Test;

interface RegionsContract extends CatalogFixture {
    @Test
    default void theInstallationHasAnIdThatStays() {
        String id = catalog().read(tables -> tables.regions().installation());
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(catalog().<String>read(tables -> tables.regions().installation())).isEqualTo(id);
    }

    @Test
    default void aRegionIsAddedOnce() {
        scenes();
        change(tables -> tables.regions().nextTicket(HANGZHOU));
        change(tables -> tables.regions().ensure(HANGZHOU));
        assertThat(rows(tables -> tables.regions().all()))
                .containsExactly(BEIJING, HANGZHOU, SHANGHAI);
        assertThat(catalog().<Long>write(tables -> tables.regions().nextTicket(HANGZHOU)))
                .isEqualTo(2);
    }

    @Test
    default void ticketsCountUpInEachRegion() {
        scenes();
        List<Long> tickets =
                catalog()
                        .write(tables ->
                                List.of(
                                        tables.regions().nextTicket(HANGZHOU),
                                        tables.regions().nextTicket(SHANGHAI),
                                        tables.regions().nextTicket(HANGZHOU)));
        assertThat(tickets).containsExactly(1L, 1L, 2L);
    }

    @Test
    default void aTicketOfALostTransactionMayBeGivenAgainButNeverTwice() throws Exception {
        scenes();
        List<Long> tickets =
                Racing.all(
                        6,
                        _ ->
                                catalog()
                                        .<Long>write(
                                                tables -> tables.regions().nextTicket(HANGZHOU)));
        assertThat(tickets).doesNotHaveDuplicates();
    }

    @Test
    default void aRegionsStoreWasNeverMadeUntilThatIsNoted() {
        scenes();
        assertThat(number(tables -> tables.regions().founded(HANGZHOU))).isZero();
        change(tables -> tables.regions().setFounded(HANGZHOU, 3));
        assertThat(number(tables -> tables.regions().founded(HANGZHOU))).isEqualTo(3);
        assertThat(number(tables -> tables.regions().founded(SHANGHAI))).isZero();
    }

    @Test
    default void theFolderOfDiskImagesHasNoMarkUntilThatIsNoted() {
        assertThat(row(tables -> tables.regions().imageFolder())).isEmpty();
        change(tables -> tables.regions().setImageFolder("a mark"));
        assertThat(row(tables -> tables.regions().imageFolder())).contains("a mark");
    }

    @Test
    default void aGenerationIsZeroUntilItIsSet() {
        scenes();
        assertThat(number(tables -> tables.regions().generation(HANGZHOU))).isZero();
        change(tables -> tables.regions().setGeneration(HANGZHOU, 7));
        assertThat(number(tables -> tables.regions().generation(HANGZHOU))).isEqualTo(7);
        assertThat(number(tables -> tables.regions().generation(SHANGHAI))).isZero();
    }

    @Test
    default void anUnknownRegionIsAnError() {
        RegionId nowhere = new RegionId("no-where");
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.regions().nextTicket(nowhere)));
        assertThatIllegalStateException()
                .isThrownBy(() -> change(tables -> tables.regions().setGeneration(nowhere, 1)));
        assertThatIllegalStateException()
                .isThrownBy(() -> number(tables -> tables.regions().generation(nowhere)));
    }

    @Test
    default void aLockedRegionCanBeWorkedOn() {
        scenes();
        long ticket =
                catalog()
                        .<Long>write(tables -> {
                            tables.regions().lock(HANGZHOU);
                            return tables.regions().nextTicket(HANGZHOU);
                        });
        assertThat(ticket).isEqualTo(1);
    }
}
