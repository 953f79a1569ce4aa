package org.imageferry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.copy.EngineScene.A;
import static org.imageferry.copy.EngineScene.B;
import static org.imageferry.copy.EngineScene.C;
import static org.imageferry.copy.EngineScene.ME;
import static org.imageferry.copy.EngineScene.OTHER;
import static org.imageferry.copy.Refusals.assertRefused;
import static org.imageferry.copy.Requests.copying;
import static org.imageferry.copy.Requests.encrypted;

import java.util.List;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.ImageState;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.RegionRules;
import org.imageferry.domain.Task;
import org.imageferry.domain.TaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EncryptedCopiesTest {
    private final EngineScene scene = EngineScene.opened();
    private final Requests ask = new Requests(scene);
    private ImageId image;

    @BeforeEach
    void makeImage() throws Exception {
        image = ask.image(1);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anEncryptedCopyReadsAsItsSource() throws Exception {
        KmsKey key = key(B);
        ImageId copy = copy(image, A, B, key);
        assertThat(keyOf(copy)).contains(new KeyVersion(key.id(), 1));
        assertEqual(copy, image);
    }

    @Test
    void withoutAKeyTheServicesOwnIsUsedAndMadeOnce() throws Exception {
        ImageId copy = copy(image, A, B, Optional.of(true), Optional.empty());
        scene.work();
        ImageId again = copy(image, A, B, Optional.of(true), Optional.empty());
        assertThat(keyOf(copy)).isPresent().isEqualTo(keyOf(again));
        assertThat(scene.keys().keys().list(ME, B))
                .extracting(KmsKey::service)
                .containsExactly(true);
        assertThat(scene.keys().keys().list(ME, C)).isEmpty();
    }

    @Test
    void anImageIsEncryptedInItsOwnRegion() throws Exception {
        ImageId copy = copy(image, A, A, key(A));
        assertEqual(copy, image);
        assertThat(keyOf(copy)).isPresent();
    }

    @Test
    void aCopyUnderTheSameKeyMovesNothing() throws Exception {
        KmsKey key = key(B);
        copy(image, A, B, key);
        long objects = scene.objects(B);
        ImageId again = copy(image, A, B, key);
        assertThat(scene.objects(B)).isEqualTo(objects);
        assertThat(scene.bringing(again).progress().moved()).isZero();
        assertEqual(again, image);
    }

    @Test
    void nothingIsSharedWithAnotherKeyOrWithWhatIsNotEncrypted() throws Exception {
        copy(image, A, B, Optional.empty(), Optional.empty());
        scene.work();
        for (int i = 0; i < 2; i++) {
            ImageId copy = copy(image, A, B, key(B));
            Task task = scene.bringing(copy);
            assertThat(task.progress().moved()).isEqualTo(task.progress().total());
            assertEqual(copy, image);
        }
    }

    @Test
    void anEncryptedImageIsEncryptedWithAnotherKeyInAnotherRegion() throws Exception {
        ImageId first = copy(image, A, B, key(B));
        KmsKey other = key(C);
        ImageId second = copy(first, B, C, other);
        assertThat(keyOf(second)).contains(new KeyVersion(other.id(), 1));
        assertEqual(second, image);
        ImageId again = copy(image, A, C, other);
        assertThat(scene.bringing(again).progress().moved()).isZero();
    }

    @Test
    void anEncryptedImageGetsAnotherKeyInItsRegion() throws Exception {
        ImageId first = copy(image, A, B, key(B));
        ImageId second = copy(first, B, B, key(B));
        assertEqual(second, image);
    }

    @Test
    void theCopyOfAnEncryptedImageIsEncryptedThoughNobodyAsked() throws Exception {
        ImageId first = copy(image, A, B, key(B));
        ImageId second = copy(first, B, C, Optional.empty(), Optional.empty());
        scene.work();
        assertThat(keyOf(second)).isPresent();
        assertEqual(second, image);
    }

    @Test
    void aPlainCopyOfAnEncryptedImageIsRefused() throws Exception {
        ImageId first = copy(image, A, B, key(B));
        assertCopyRefused(
                new Refusal.EncryptedSource(first.value()), first, B, C, Optional.of(false), "");
    }

    @Test
    void plainStaysPlainUnlessAskedOrSettled() throws Exception {
        ImageId unset = copy(image, A, B, Optional.empty(), Optional.empty());
        ImageId asked = copy(image, A, C, Optional.of(false), Optional.empty());
        assertThat(keyOf(unset)).isEmpty();
        assertThat(keyOf(asked)).isEmpty();
        settle(KeySettings.Encrypt.DEFAULT);
        scene.work();
        assertThat(keyOf(copy(image, A, B, Optional.empty(), Optional.empty()))).isPresent();
        assertThat(keyOf(copy(image, A, C, Optional.of(false), Optional.empty()))).isPresent();
    }

    @Test
    void anAccountMayRefuseToHavePlainImages() {
        settle(KeySettings.Encrypt.ALWAYS);
        assertCopyRefused(new Refusal.MustBeEncrypted(ME), image, A, B, Optional.of(false), "");
        assertThat(keyOf(copy(image, A, B, Optional.empty(), Optional.empty()))).isPresent();
    }

    @Test
    void importsAreEncryptedWhereTheAccountWantsThat() throws Exception {
        settle(KeySettings.Encrypt.DEFAULT);
        ImageId imported = ask.image(2);
        assertThat(keyOf(imported)).isPresent();
        assertThat(ask.content(imported)).containsExactly(Requests.disk(2, 2));
    }

    @Test
    void aKeyNeedsEncryption() {
        String key = key(B).id().value();
        assertCopyRefused(new Refusal.KeyWithoutEncryption(), image, A, B, Optional.empty(), key);
        assertCopyRefused(new Refusal.KeyWithoutEncryption(), image, A, B, Optional.of(false), key);
    }

    @Test
    void encryptionNeedsAKeyServiceInTheRegion() {
        scene.keys().configure(B, new KeyPolicy(false, true));
        assertCopyRefused(new Refusal.NoKeyService(B), image, A, B, Optional.of(true), "");
        settle(KeySettings.Encrypt.DEFAULT);
        assertCopyRefused(new Refusal.NoKeyService(B), image, A, B, Optional.empty(), "");
    }

    @Test
    void aRegionMayHaveNoKeysButItsOwn() {
        String key = key(B).id().value();
        scene.change(tables -> {
            RegionRules rules = tables.regions().rules(B);
            RegionRules without =
                    new RegionRules(
                            rules.copying(),
                            false,
                            rules.oldestSnapshot(),
                            rules.barredDestinations());
            tables.regions().setRules(B, without);
            return without;
        });
        assertCopyRefused(new Refusal.NoCustomerKeys(B), image, A, B, Optional.of(true), key);
        assertThat(keyOf(copy(image, A, B, Optional.of(true), Optional.empty()))).isPresent();
    }

    @Test
    void anAccountMayHaveNoKeysOfItsOwnOrNoneAtAll() {
        String key = key(B).id().value();
        settle(new KeySettings(true, false, KeySettings.Encrypt.ASKED));
        assertCopyRefused(
                new Refusal.CustomerKeysNotAllowed(ME), image, A, B, Optional.of(true), key);
        settle(new KeySettings(false, true, KeySettings.Encrypt.ASKED));
        assertCopyRefused(
                new Refusal.KeyServiceNotAllowed(ME), image, A, B, Optional.of(true), key);
        assertCopyRefused(new Refusal.KeyServiceNotAllowed(ME), image, A, B, Optional.of(true), "");
    }

    @Test
    void onlyAKeyOfTheAccountInTheDestinationWillDo() {
        String elsewhere = key(A).id().value();
        String theirs = scene.keys().keys().create(OTHER, B, "").id().value();
        for (String key : List.of(elsewhere, theirs, "alias/none", "no key's name")) {
            assertCopyRefused(new Refusal.UnknownKey(key), image, A, B, Optional.of(true), key);
        }
    }

    @Test
    void aKeyIsUsableOrTheCopyIsRefusedAtOnce() {
        String key = key(B).id().value();
        var keys = scene.keys().keys();
        keys.disable(ME, B, key);
        assertCopyRefused(new Refusal.KeyNotUsable(key), image, A, B, Optional.of(true), key);
        keys.scheduleDeletion(ME, B, key, 7);
        assertCopyRefused(new Refusal.KeyNotUsable(key), image, A, B, Optional.of(true), key);
        keys.cancelDeletion(ME, B, key);
        keys.grant(ME, B, key, false);
        assertCopyRefused(new Refusal.KeyNotGranted(key), image, A, B, Optional.of(true), key);
        keys.grant(ME, B, key, true);
        copy(image, A, B, Optional.of(true), Optional.of(key));
    }

    @Test
    void whatIsEncryptedIsCopiedAndExportedOnlyWhileItsKeyIsEnabled() throws Exception {
        KmsKey key = key(B);
        String id = key.id().value();
        ImageId copy = copy(image, A, B, key);
        scene.keys().keys().disable(ME, B, id);
        assertCopyRefused(new Refusal.KeyNotUsable(id), copy, B, C, Optional.of(true), "");
        assertRefused(new Refusal.KeyNotUsable(id), () -> ask.export(copy, B));
        scene.keys().keys().enable(ME, B, id);
        var export = ask.export(copy, B);
        scene.work();
        assertThat(ask.exported(export)).contains(Requests.disk(2, 1));
    }

    @Test
    void aRegionMayLetNoEncryptedImageOut() throws Exception {
        ImageId copy = copy(image, A, B, key(B));
        scene.keys().configure(B, new KeyPolicy(true, false));
        assertRefused(new Refusal.EncryptedExport(copy), () -> ask.export(copy, B));
    }

    @Test
    void aCopyWhoseKeyIsDisabledMeanwhileFailsAndLeavesNothing() throws Exception {
        KmsKey key = key(B);
        ImageId copy = copy(image, A, B, Optional.of(true), Optional.of(key.id().value()));
        scene.startTasks(B);
        assertThat(scene.doPart(B)).isTrue();
        scene.keys().keys().disable(ME, B, key.id().value());
        scene.work();
        assertFailed(copy, key);
        scene.later(EngineScene.GRACE);
        scene.collect(B, true);
        assertThat(scene.objects(B)).isZero();
    }

    @Test
    void aCopyWhoseKeyIsDisabledBeforeItStartsFailsToo() throws Exception {
        KmsKey key = key(B);
        copy(image, A, B, key);
        ImageId again = copy(image, A, B, Optional.of(true), Optional.of(key.id().value()));
        scene.keys().keys().disable(ME, B, key.id().value());
        scene.work();
        assertFailed(again, key);
    }

    /// The worker has sealed all of the part already.
    @Test
    void aPartIsNotTakenUnderAKeyThatIsDisabled() throws Exception {
        KmsKey key = key(B);
        ImageId copy = copy(image, A, B, Optional.of(true), Optional.of(key.id().value()));
        scene.startTasks(B);
        scene.before(operation -> {
            if (operation.name().value().startsWith("manifests/")) {
                scene.keys().keys().disable(ME, B, key.id().value());
                scene.before(_ -> Optional.empty());
            }
            return Optional.empty();
        });
        scene.doPart(B);
        assertFailed(copy, key);
    }

    @Test
    void aCopyWhoseSourcesKeyIsDisabledMeanwhileFails() throws Exception {
        KmsKey key = key(B);
        ImageId first = copy(image, A, B, key);
        ImageId second = copy(first, B, C, Optional.of(true), Optional.empty());
        scene.keys().keys().disable(ME, B, key.id().value());
        scene.work();
        assertFailed(second, key);
    }

    @Test
    void verifyingNeedsTheKeyAndSaysSo() throws Exception {
        KmsKey key = key(B);
        ImageId copy = copy(image, A, B, key);
        var good = ask.verifications().verify(ask.me(), B, Optional.of(copy));
        scene.work();
        assertThat(scene.task(good).state()).isInstanceOf(TaskState.Done.class);
        scene.keys().keys().disable(ME, B, key.id().value());
        var without = ask.verifications().verify(ask.me(), B, Optional.of(copy));
        scene.work();
        assertThat(scene.task(without).state().toString())
                .contains("can't be verified", "it is disabled")
                .doesNotContain("damaged");
        var snapshot = scene.snapshots(copy).getFirst();
        assertThat(scene.<Boolean>see(t -> t.snapshots().find(snapshot).orElseThrow().sound()))
                .isTrue();
    }

    @Test
    void aCrashCostsAnEncryptedCopyNothingButTime() throws Exception {
        ImageId copy = copy(image, A, B, Optional.of(true), Optional.empty());
        scene.startTasks(B);
        scene.doPart(B);
        scene.crash();
        scene.work();
        assertEqual(copy, image);
    }

    private KmsKey key(RegionId region) {
        return scene.keys().keys().create(ME, region, "");
    }

    /// A copy that is done.
    private ImageId copy(ImageId source, RegionId from, RegionId to, KmsKey key) throws Exception {
        ImageId copy = copy(source, from, to, Optional.of(true), Optional.of(key.id().value()));
        scene.work();
        assertThat(scene.image(copy).orElseThrow().state()).isEqualTo(new ImageState.Available());
        return copy;
    }

    private ImageId copy(
            ImageId source,
            RegionId from,
            RegionId to,
            Optional<Boolean> encrypted,
            Optional<String> key) {
        return ask.copies().copy(ask.me(), encrypted(copying(source, from, to), encrypted, key));
    }

    private void assertCopyRefused(
            Refusal refusal,
            ImageId source,
            RegionId from,
            RegionId to,
            Optional<Boolean> encrypted,
            String key) {
        assertRefused(
                refusal,
                () ->
                        copy(
                                source,
                                from,
                                to,
                                encrypted,
                                Optional.of(key).filter(text -> !text.isEmpty())));
    }

    private void assertFailed(ImageId copy, KmsKey key) {
        assertThat(scene.image(copy).orElseThrow().state())
                .isInstanceOfSatisfying(
                        ImageState.CreateFailed.class,
                        failed ->
                                assertThat(failed.reason())
                                        .contains(key.id().value())
                                        .contains("it is disabled: enable it again"));
        assertThat(scene.image(copy).orElseThrow().disks()).isEmpty();
    }

    private void assertEqual(ImageId copy, ImageId source) throws Exception {
        assertThat(ask.content(copy)).containsExactlyElementsOf(ask.content(source));
    }

    private Optional<KeyVersion> keyOf(ImageId id) {
        return scene.see(tables -> tables.encryption().keysOf(id).stream().findFirst());
    }

    private void settle(KeySettings.Encrypt encrypt) {
        settle(new KeySettings(true, true, encrypt));
    }

    private void settle(KeySettings settings) {
        AccountId account = ME;
        scene.change(tables -> {
            tables.encryption().set(account, settings);
            return account;
        });
    }
}
