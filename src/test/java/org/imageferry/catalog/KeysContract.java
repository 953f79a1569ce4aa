package org.imageferry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.imageferry.catalog.CatalogScenes.HANGZHOU;
import static org.imageferry.catalog.CatalogScenes.SHANGHAI;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.Digest;
import org.imageferry.domain.Image;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.WrappedKey;
import org.junit.jupiter.api.Test;

/// Keys, data keys, and scopes that are sealed.
interface KeysContract extends CatalogFixture {
    Instant CREATED = Instant.parse("2026-11-22T08:00:00Z");
    WrappedKey MATERIAL = new WrappedKey("wrapped");

    private static KeyId id(int number) {
        return new KeyId("00000000-0000-4000-8000-%012d".formatted(number));
    }

    private KmsKey key(AccountId account, RegionId region, int number, boolean service) {
        KmsKey key =
                new KmsKey(
                        id(number),
                        account,
                        region,
                        "key " + number,
                        new KeyState.Enabled(),
                        CREATED.plusSeconds(number),
                        service,
                        true);
        change(tables -> tables.kmsKeys().insert(key, MATERIAL));
        return key;
    }

    private Scope sealed(int key, int version) {
        return new Scope(
                scenes().account(), HANGZHOU, Optional.of(new KeyVersion(id(key), version)));
    }

    private <T> T seen(java.util.function.Function<Tables, T> look) {
        return catalog().read(look);
    }

    @Test
    default void aKeyIsFoundAsItWasInsertedAndUpdated() {
        KmsKey key = key(scenes().account(), HANGZHOU, 1, false);
        assertThat(this.<Optional<KmsKey>>seen(t -> t.kmsKeys().find(key.id()))).contains(key);
        assertThat(this.<Optional<WrappedKey>>seen(t -> t.kmsKeys().material(key.id())))
                .contains(MATERIAL);
        List<KmsKey> next =
                List.of(
                        key.disable(),
                        key.scheduleDeletion(CREATED, 7),
                        key.grant(false),
                        key.enable());
        for (KmsKey changed : next) {
            change(tables -> tables.kmsKeys().update(changed));
            assertThat(this.<Optional<KmsKey>>seen(t -> t.kmsKeys().find(key.id())))
                    .contains(changed);
        }
        change(tables -> tables.kmsKeys().rewrap(key.id(), new WrappedKey("anew")));
        assertThat(this.<Optional<WrappedKey>>seen(t -> t.kmsKeys().material(key.id())))
                .contains(new WrappedKey("anew"));
    }

    @Test
    default void keysAreListedByAccountAndRegionOldestFirst() {
        AccountId account = scenes().account();
        KmsKey second = key(account, HANGZHOU, 2, false);
        KmsKey first = key(account, HANGZHOU, 1, true);
        KmsKey elsewhere = key(account, SHANGHAI, 3, false);
        KmsKey theirs = key(scenes().account(), HANGZHOU, 4, false);
        assertThat(this.<List<KmsKey>>seen(t -> t.kmsKeys().list(account, HANGZHOU)))
                .containsExactly(first, second);
        assertThat(this.<List<KmsKey>>seen(t -> t.kmsKeys().all()))
                .containsExactly(first, second, elsewhere, theirs);
        KmsKey going = second.scheduleDeletion(CREATED, 7);
        change(tables -> tables.kmsKeys().update(going));
        assertThat(this.<List<KmsKey>>seen(t -> t.kmsKeys().pendingDeletion()))
                .containsExactly(going);
    }

    @Test
    default void anAccountHasOneServiceKeyInARegion() {
        AccountId account = scenes().account();
        key(account, HANGZHOU, 1, true);
        key(account, SHANGHAI, 2, true);
        assertThatThrownBy(() -> key(account, HANGZHOU, 3, true)).isInstanceOf(Exception.class);
    }

    @Test
    default void aliasesAreTheirKeysAndGoWithThem() {
        KeyAlias alias = new KeyAlias("alias/a");
        KmsKey key = key(scenes().account(), HANGZHOU, 1, false);
        change(tables -> tables.kmsKeys().insert(new KeyAlias("alias/b"), key));
        change(tables -> tables.kmsKeys().insert(alias, key));
        assertThat(this.<List<KeyAlias>>seen(t -> t.kmsKeys().aliases(key.id())))
                .containsExactly(alias, new KeyAlias("alias/b"));
        assertThat(found(key, HANGZHOU, alias)).contains(key.id());
        assertThat(found(key, SHANGHAI, alias)).isEmpty();
        change(tables -> tables.kmsKeys().delete(key.account(), HANGZHOU, alias));
        assertThat(found(key, HANGZHOU, alias)).isEmpty();
        change(tables -> tables.kmsKeys().delete(key.id()));
        assertThat(found(key, HANGZHOU, new KeyAlias("alias/b"))).isEmpty();
        assertThat(this.<Optional<KmsKey>>seen(t -> t.kmsKeys().find(key.id()))).isEmpty();
    }

    private Optional<KeyId> found(KmsKey key, RegionId region, KeyAlias alias) {
        return seen(tables -> tables.kmsKeys().find(key.account(), region, alias));
    }

    @Test
    default void changesOfAKeyAreCounted() {
        KmsKey key = key(scenes().account(), HANGZHOU, 1, false);
        for (long count = 1; count <= 3; count++) {
            assertThat(catalog().<Long>write(t -> t.kmsKeys().raise(key.id()))).isEqualTo(count);
        }
    }

    @Test
    default void aScopeKeepsItsFirstDataKey() {
        Scope scope = sealed(1, 1);
        assertThat(this.<Optional<WrappedKey>>seen(t -> t.encryption().dataKey(scope))).isEmpty();
        WrappedKey first = new WrappedKey("first");
        assertThat(catalog().<WrappedKey>write(t -> t.encryption().addDataKey(scope, first)))
                .isEqualTo(first);
        assertThat(
                        catalog()
                                .<WrappedKey>write(t ->
                                        t.encryption().addDataKey(scope, new WrappedKey("late"))))
                .isEqualTo(first);
        assertThat(this.<Optional<WrappedKey>>seen(t -> t.encryption().dataKey(scope)))
                .contains(first);
    }

    @Test
    default void eachKeyAndVersionIsAScopeOfItsOwn() {
        Scope open = scenes().scope();
        KeyVersion version = new KeyVersion(id(1), 1);
        List<Scope> scopes =
                List.of(
                        open,
                        new Scope(open.account(), HANGZHOU, Optional.of(version)),
                        new Scope(open.account(), HANGZHOU, Optional.of(new KeyVersion(id(1), 2))),
                        new Scope(open.account(), HANGZHOU, Optional.of(new KeyVersion(id(2), 1))));
        Digest digest = scenes().digest();
        for (Scope scope : scopes) {
            assertThat(part(scope, digest)).isEmpty();
            var objects = scenes().objects(scope, StoredObjects.Kind.MANIFEST, 1);
            change(tables -> tables.parts().add(scope, digest, objects.getFirst(), 0, objects));
        }
        for (Scope scope : scopes) {
            assertThat(part(scope, digest).map(Parts.Part::scope)).contains(scope);
        }
    }

    private Optional<Parts.Part> part(Scope scope, Digest digest) {
        return seen(tables -> tables.parts().find(scope, digest));
    }

    @Test
    default void aSnapshotTakesPartsOfItsOwnKeyOnly() {
        Image image = scenes().blank(scenes().account(), HANGZHOU);
        KeyVersion version = new KeyVersion(id(1), 1);
        Snapshot sealed =
                Snapshot.imported(scenes().snapshotId(), image, 100, Optional.of(version));
        change(tables -> tables.snapshots().insert(sealed));
        assertThat(this.<Optional<Snapshot>>seen(t -> t.snapshots().find(sealed.id())))
                .contains(sealed);
        Parts.Part own = scenes().part(sealed.scope(), 1);
        Parts.Part open = scenes().part(new Scope(image.account(), HANGZHOU), 1);
        change(tables -> tables.parts().attach(sealed.id(), 0, own));
        assertThatThrownBy(() -> change(tables -> tables.parts().attach(sealed.id(), 1, open)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    default void imagesAreAskedForTheKeysOfTheirSnapshots() {
        AccountId account = scenes().account();
        KeyVersion one = new KeyVersion(id(1), 1);
        KeyVersion other = new KeyVersion(id(2), 3);
        Image open = scenes().image(account, HANGZHOU);
        Image sealed = encrypted(account, one, one);
        Image mixed = encrypted(account, one, other);
        assertThat(keysOf(open, sealed, mixed))
                .isEqualTo(Map.of(sealed.id(), Set.of(one), mixed.id(), Set.of(one, other)));
        assertThat(keysOf(open)).isEmpty();
        assertThat(keysOf()).isEmpty();
        assertThat(this.<Set<KeyVersion>>seen(t -> t.encryption().keysOf(sealed.id())))
                .containsExactly(one);
        assertThat(this.<Set<KeyVersion>>seen(t -> t.encryption().keysOf(open.id()))).isEmpty();
    }

    /// An image with a disk for each key.
    private Image encrypted(AccountId account, KeyVersion... keys) {
        Image blank = scenes().blank(account, HANGZHOU);
        List<Snapshot> disks =
                Stream.of(keys)
                        .map(key ->
                                Snapshot.imported(
                                        scenes().snapshotId(), blank, 100, Optional.of(key)))
                        .toList();
        disks.forEach(disk -> change(tables -> tables.snapshots().insert(disk)));
        Image image = scenes().blank(account, HANGZHOU, disks.toArray(Snapshot[]::new));
        change(tables -> tables.images().insert(image));
        return image;
    }

    private Map<ImageId, Set<KeyVersion>> keysOf(Image... images) {
        List<ImageId> ids = Stream.of(images).map(Image::id).toList();
        return seen(tables -> tables.encryption().keysOf(ids));
    }

    @Test
    default void anAccountsSettingsAreKept() {
        AccountId account = scenes().account();
        assertThat(settings(account)).isEqualTo(KeySettings.DEFAULTS);
        for (KeySettings.Encrypt encrypt : KeySettings.Encrypt.values()) {
            KeySettings next = new KeySettings(false, false, encrypt);
            change(tables -> tables.encryption().set(account, next));
            assertThat(settings(account)).isEqualTo(next);
        }
        assertThat(settings(scenes().account())).isEqualTo(KeySettings.DEFAULTS);
    }

    private KeySettings settings(AccountId account) {
        return seen(tables -> tables.encryption().settings(account));
    }
}
