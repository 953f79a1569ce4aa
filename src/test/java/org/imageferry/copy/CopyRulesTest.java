package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Requests.copying;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.imageferry.catalog.ResourceGroups.ResourceGroup;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageName;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.Quota;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.ResourceGroupId;
import org.imageferry.domain.ResourceGroupName;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What administrators, owners and quotas keep from being copied, and which of several reasons is told.
class CopyRulesTest {
    private static final Instant TOMORROW = Instant.parse("2100-01-01T00:00:00Z");
    private static final ResourceGroupId GROUP = new ResourceGroupId("rg-project");
    private static final ResourceGroupName NAME = new ResourceGroupName("project");

    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private ImageId image = new ImageId("m-" + "0".repeat(20));

    @BeforeEach
    void anImage() throws Exception {
        image = ask.image(1);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private ImageId copy(CopyRequest request) {
        return ask.copies().copy(ask.me(), request);
    }

    private void assertCopyRefused(Refusal expected) {
        assertRefused(expected, () -> copy(copying(image, A, B)));
        assertThat(scene.queue(B)).isEmpty();
    }

    private void rule(RegionId region, RegionRules rules) {
        scene.change(tables -> {
            tables.regions().setRules(region, rules);
            return rules;
        });
    }

    private static RegionRules notCopying() {
        RegionRules it = RegionRules.DEFAULT;
        return new RegionRules(
                false, it.customerKeys(), it.oldestSnapshot(), it.barredDestinations());
    }

    private static RegionRules barring(RegionId destination) {
        RegionRules it = RegionRules.DEFAULT;
        return new RegionRules(true, it.customerKeys(), it.oldestSnapshot(), Set.of(destination));
    }

    private static RegionRules since(Instant oldest) {
        RegionRules it = RegionRules.DEFAULT;
        return new RegionRules(true, it.customerKeys(), oldest, it.barredDestinations());
    }

    private void setQuota(AccountId account, Quota quota, long most) {
        scene.change(tables -> {
            tables.accounts().setQuota(account, quota, most);
            return most;
        });
    }

    private SnapshotId change(java.util.function.UnaryOperator<Snapshot> change) {
        SnapshotId id = scene.snapshots(image).getFirst();
        scene.change(tables -> {
            Snapshot next = change.apply(tables.snapshots().find(id).orElseThrow());
            tables.snapshots().update(next);
            return next;
        });
        return id;
    }

    @Test
    void aRegionMayTakeNoPartInCopies() {
        rule(A, notCopying());
        assertCopyRefused(new Refusal.Barred.RegionNotCopying(A));
        rule(A, RegionRules.DEFAULT);
        rule(B, notCopying());
        assertCopyRefused(new Refusal.Barred.RegionNotCopying(B));
        rule(B, RegionRules.DEFAULT);
        copy(copying(image, A, B));
    }

    @Test
    void aDestinationMayBeBarredForOneSource() throws Exception {
        rule(A, barring(B));
        assertCopyRefused(new Refusal.Barred.Destination(A, B));
        copy(copying(image, A, C));
        ImageId there = ask.image(ME, B, Requests.disk(1, 3));
        copy(copying(there, B, A));
    }

    @Test
    void aSnapshotMayBeTooOld() {
        rule(A, since(TOMORROW));
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        assertCopyRefused(new Refusal.Barred.SnapshotTooOld(snapshot, TOMORROW));
    }

    @Test
    void aSnapshotMayMakeNoImages() {
        SnapshotId snapshot = change(it -> it.with(SnapshotChange.makesImages(false).of(it)));
        assertCopyRefused(new Refusal.OfSnapshot.MakesNoImages(snapshot));
    }

    @Test
    void anAccountHasSoManyImagesInARegion() throws Exception {
        setQuota(ME, Quota.IMAGES, 1);
        ImageId another = ask.image(ME, C, Requests.disk(1, 3));
        ImageId first = copy(copying(image, A, B));
        assertRefused(
                new Refusal.QuotaExceeded(Quota.IMAGES, 1), () -> copy(copying(another, C, B)));
        ask.copies().cancel(ask.me(), B, first);
        copy(copying(another, C, B));
    }

    @Test
    void failedImagesCountForNoQuota() {
        ImageId failed = copy(copying(image, A, B));
        scene.change(tables -> {
            Endings.fail(tables, tables.tasks().bringing(failed).orElseThrow(), "rot");
            return failed;
        });
        setQuota(ME, Quota.IMAGES, 1);
        copy(copying(image, A, B));
    }

    @Test
    void anAccountHasSoManySnapshotsInARegion() {
        setQuota(ME, Quota.SNAPSHOTS, 0);
        assertCopyRefused(new Refusal.QuotaExceeded(Quota.SNAPSHOTS, 0));
    }

    @Test
    void quotasAreOfTheAccountThatAsks() {
        setQuota(OTHER, Quota.IMAGES, 0);
        copy(copying(image, A, B));
    }

    @Test
    void anAccountCopiesImagesOfSoManyGib() {
        setQuota(ME, Quota.IMAGE_GIB, 0);
        assertCopyRefused(new Refusal.ImageTooLarge(2 * Disks.PART_BYTES, 0));
        setQuota(ME, Quota.IMAGE_GIB, Long.MAX_VALUE);
        copy(copying(image, A, B));
    }

    @Test
    void aCopyAndItsSnapshotsAreInTheGroupThatWasAskedFor() {
        scene.change(tables ->
                tables.groups().add(new ResourceGroup(GROUP, ME, NAME, "Project", tables.now())));
        ImageId copy = copy(Requests.inGroup(copying(image, A, B), GROUP));
        assertThat(scene.image(copy).orElseThrow().group()).isEqualTo(GROUP);
        assertThat(group(scene.snapshots(copy).getFirst())).isEqualTo(GROUP);
        ImageId usual = copy(copying(image, A, C));
        assertThat(scene.image(usual).orElseThrow().group())
                .isEqualTo(ResourceGroupId.standard(ME));
    }

    private ResourceGroupId group(SnapshotId id) {
        return scene.see(tables -> tables.snapshots().find(id).orElseThrow().attributes().group());
    }

    @Test
    void aGroupMustBeTheAccountsOwn() {
        scene.change(tables ->
                tables.groups().add(new ResourceGroup(GROUP, OTHER, NAME, "Theirs", tables.now())));
        for (ResourceGroupId group :
                Set.of(GROUP, new ResourceGroupId("rg-none00"), ResourceGroupId.standard(OTHER))) {
            assertRefused(
                    new Refusal.UnknownResourceGroup(group),
                    () -> copy(Requests.inGroup(copying(image, A, B), group)));
        }
        copy(Requests.inGroup(copying(image, A, B), ResourceGroupId.standard(ME)));
    }

    @Test
    void unnamedCopiesHaveNamesOfTheirOwn() throws Exception {
        ImageId first = copy(copying(image, A, B));
        ImageId second = copy(copying(ask.image(2), A, B));
        assertThat(scene.image(first).orElseThrow().name())
                .isNotEqualTo(scene.image(second).orElseThrow().name());
    }

    @Test
    void theSourcesStateIsToldBeforeWhatRegionsAllow() {
        scene.change(tables -> {
            tables.images()
                    .update(
                            tables.images()
                                    .find(image)
                                    .orElseThrow()
                                    .with(new ImageState.Deprecated()));
            return image;
        });
        rule(B, notCopying());
        assertCopyRefused(new Refusal.ImageNotAvailable(image, new ImageState.Deprecated()));
        assertRefused(
                new Refusal.ImageNotAvailable(image, new ImageState.Deprecated()),
                () -> copy(copying(image, A, A)));
    }

    @Test
    void theSameRegionIsToldBeforeARegionThatDoesNotCopy() {
        rule(A, notCopying());
        assertRefused(new Refusal.SameRegion(A), () -> copy(copying(image, A, A)));
    }

    @Test
    void whatRegionsAllowIsToldBeforeAWrongKey() {
        rule(B, notCopying());
        assertRefused(
                new Refusal.Barred.RegionNotCopying(B),
                () ->
                        copy(
                                Requests.encrypted(
                                        copying(image, A, B),
                                        Optional.empty(),
                                        Optional.of("a key"))));
    }

    @Test
    void aWrongKeyIsToldBeforeTheSize() {
        setQuota(ME, Quota.IMAGE_GIB, 0);
        assertRefused(
                new Refusal.KeyWithoutEncryption(),
                () ->
                        copy(
                                Requests.encrypted(
                                        copying(image, A, B),
                                        Optional.empty(),
                                        Optional.of("a key"))));
    }

    @Test
    void theSizeIsToldBeforeASnapshotsDamage() {
        setQuota(ME, Quota.IMAGE_GIB, 0);
        change(it -> it.withDamage(Optional.of("a bit flipped")));
        assertCopyRefused(new Refusal.ImageTooLarge(2 * Disks.PART_BYTES, 0));
    }

    @Test
    void aSnapshotsDamageIsToldBeforeItsAge() {
        SnapshotId snapshot = change(it -> it.withDamage(Optional.of("a bit flipped")));
        rule(A, since(TOMORROW));
        assertCopyRefused(new Refusal.SourceSnapshotMissing(snapshot));
    }

    @Test
    void aSnapshotsAgeIsToldBeforeAnUnknownGroup() {
        rule(A, since(TOMORROW));
        SnapshotId snapshot = scene.snapshots(image).getFirst();
        assertRefused(
                new Refusal.Barred.SnapshotTooOld(snapshot, TOMORROW),
                () -> copy(Requests.inGroup(copying(image, A, B), GROUP)));
    }

    @Test
    void anUnknownGroupIsToldBeforeATakenName() {
        copy(Requests.named(copying(image, A, B), "golden"));
        assertRefused(
                new Refusal.UnknownResourceGroup(GROUP),
                () ->
                        copy(
                                Requests.named(
                                        Requests.inGroup(copying(image, A, B), GROUP), "golden")));
    }

    @Test
    void aTakenNameIsToldBeforeAnotherCopyAndThatBeforeAQuota() {
        copy(Requests.named(copying(image, A, B), "golden"));
        setQuota(ME, Quota.IMAGES, 0);
        assertRefused(
                new Refusal.NameTaken(new ImageName("golden")),
                () -> copy(Requests.named(copying(image, A, B), "golden")));
        assertRefused(new Refusal.ImageBeingCopied(image), () -> copy(copying(image, A, B)));
    }

    @Test
    void theImagesQuotaIsToldBeforeTheSnapshotsAndBothBeforeADryRunPasses() {
        setQuota(ME, Quota.IMAGES, 0);
        setQuota(ME, Quota.SNAPSHOTS, 0);
        CopyRequest dry = Requests.dry(copying(image, A, B));
        assertRefused(new Refusal.QuotaExceeded(Quota.IMAGES, 0), () -> copy(dry));
        setQuota(ME, Quota.IMAGES, 1);
        assertRefused(new Refusal.QuotaExceeded(Quota.SNAPSHOTS, 0), () -> copy(dry));
        setQuota(ME, Quota.SNAPSHOTS, 1);
        assertRefused(new Refusal.DryRunPassed(), () -> copy(dry));
    }
}
