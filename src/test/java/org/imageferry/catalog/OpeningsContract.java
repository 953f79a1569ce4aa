package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Image;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Task;
import org.imageferry.domain.Work.Action;
import org.junit.jupiter.api.Test;

interface OpeningsContract extends CatalogFixture {
    private Openings.Found openings(RegionId region) {
        return catalog().read(t -> t.openings().of(region, "node"));
    }

    /// A running copy into [CatalogScenes#SHANGHAI] of which one part is to be brought.
    private Task copyWithAPart() {
        Task copy = scenes().copy(scenes().image(scenes().account(), HANGZHOU), SHANGHAI);
        Task running = scenes().start(copy, 0);
        Image image = row(t -> t.images().find(copy.itsImage())).orElseThrow();
        change(t ->
                t.claims()
                        .offer(
                                copy.id(),
                                CatalogScenes.disk(image, 0),
                                List.of(new Claims.Offer(0, Optional.empty(), 1))));
        return running;
    }

    private Claims.PartClaim claim(Task task, Duration length) {
        return catalog()
                .write(t -> t.claims().claimPart(task.id(), "node", t.now().plus(length)))
                .orElseThrow();
    }

    @Test
    default void whereNothingIsOpenThereIsNothingToDo() {
        scenes().image(scenes().account(), HANGZHOU);
        assertThat(openings(HANGZHOU))
                .isEqualTo(new Openings.Found(Map.of(), Set.of(), false, false));
    }

    @Test
    default void aRegionThatNobodyKnowsHasNothingToDo() {
        assertThat(openings(new RegionId("nowhere")).waiting()).isEmpty();
    }

    @Test
    default void itTellsHowManyRunBesideThoseThatWait() {
        AccountId account = scenes().account();
        scenes().start(scenes().copy(scenes().image(account, HANGZHOU), SHANGHAI), 0);
        assertThat(openings(SHANGHAI).waiting()).isEmpty();

        scenes().copy(scenes().image(account, HANGZHOU), SHANGHAI);
        scenes().export(scenes().image(account, SHANGHAI));

        assertThat(openings(SHANGHAI).waiting())
                .isEqualTo(Map.of(Action.CopyImage, 1, Action.ExportImage, 0));
        assertThat(openings(HANGZHOU).waiting()).isEmpty();
    }

    @Test
    default void aPartIsClaimableUntilItIsClaimedAndAgainWhenTheClaimIsOver() {
        Task copy = copyWithAPart();
        assertThat(openings(SHANGHAI).claimable()).containsExactly(Action.CopyImage);

        claim(copy, Duration.ofMinutes(1));
        assertThat(openings(SHANGHAI).claimable()).isEmpty();

        clock().advance(Duration.ofMinutes(1));
        assertThat(openings(SHANGHAI).claimable()).containsExactly(Action.CopyImage);
    }

    @Test
    default void aPartThatFailedIsClaimableWhenItsTimeHasCome() {
        Task copy = copyWithAPart();
        Claims.PartClaim claim = claim(copy, Duration.ofMinutes(1));
        change(t -> t.claims().giveBack(claim.claim(), t.now().plusSeconds(10), true));
        assertThat(openings(SHANGHAI).claimable()).isEmpty();

        clock().advance(Duration.ofSeconds(10));
        assertThat(openings(SHANGHAI).claimable()).containsExactly(Action.CopyImage);
    }

    @Test
    default void aTaskWithoutPartsIsClaimableUntilItIsClaimed() {
        Task export = scenes().export(scenes().image(scenes().account(), SHANGHAI));
        scenes().start(export, 0);
        assertThat(openings(SHANGHAI).claimable()).containsExactly(Action.ExportImage);

        change(t -> t.claims().claimTask(export.id(), "node", t.now().plusSeconds(60)));
        assertThat(openings(SHANGHAI).claimable()).isEmpty();

        clock().advance(Duration.ofMinutes(1));
        assertThat(openings(SHANGHAI).claimable()).containsExactly(Action.ExportImage);
    }

    @Test
    default void recordsToWriteAreSeen() {
        change(t -> t.outbox().add(SHANGHAI, "m-1", "{}"));
        assertThat(openings(SHANGHAI).records()).isTrue();
        assertThat(openings(HANGZHOU).records()).isFalse();

        change(t -> t.nodes().take(SHANGHAI, Nodes.Duty.RECORD, "node", Duration.ofMinutes(1)));
        assertThat(openings(SHANGHAI).records()).isTrue();

        change(t -> t.outbox().written(SHANGHAI, t.outbox().last(SHANGHAI)));
        assertThat(openings(SHANGHAI).records()).isFalse();
    }

    @Test
    default void recordsThatAreAnotherNodesDutyAreNotToldUntilThatIsOver() {
        change(t -> t.outbox().add(SHANGHAI, "m-1", "{}"));
        change(t -> t.outbox().add(HANGZHOU, "m-2", "{}"));
        change(t -> t.nodes().take(SHANGHAI, Nodes.Duty.RECORD, "other", Duration.ofMinutes(1)));
        change(t -> t.nodes().take(HANGZHOU, Nodes.Duty.HEAL, "other", Duration.ofMinutes(1)));
        assertThat(openings(SHANGHAI).records()).isFalse();
        assertThat(openings(HANGZHOU).records()).isTrue();

        clock().advance(Duration.ofMinutes(1));
        assertThat(openings(SHANGHAI).records()).isTrue();
    }

    @Test
    default void aPartThatAilsIsToldToWhoseDutyItIsToHeal() {
        Parts.Part part = scenes().part(scenes().scope(), 1);
        change(t -> t.damage().lost(part.manifest()));
        assertThat(openings(HANGZHOU).ailing()).isTrue();

        change(t -> t.nodes().take(HANGZHOU, Nodes.Duty.HEAL, "node", Duration.ofMinutes(1)));
        assertThat(openings(HANGZHOU).ailing()).isTrue();
        clock().advance(Duration.ofMinutes(1));
        change(t -> t.nodes().take(HANGZHOU, Nodes.Duty.HEAL, "other", Duration.ofMinutes(1)));
        assertThat(openings(HANGZHOU).ailing()).isFalse();

        clock().advance(Duration.ofMinutes(1));
        assertThat(openings(HANGZHOU).ailing()).isTrue();
    }

    @Test
    default void oneLookTellsOfManyRegions() {
        copyWithAPart();
        change(t -> t.outbox().add(HANGZHOU, "m-1", "{}"));
        RegionId nowhere = new RegionId("nowhere");
        Map<RegionId, Openings.Found> found =
                catalog().read(t -> t.openings().of(List.of(HANGZHOU, SHANGHAI, nowhere), "node"));
        assertThat(found)
                .isEqualTo(
                        Map.of(
                                HANGZHOU,
                                new Openings.Found(Map.of(), Set.of(), true, false),
                                SHANGHAI,
                                new Openings.Found(
                                        Map.of(), Set.of(Action.CopyImage), false, false)));
    }
}
