package org.imageferry.copy;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.imageferry.catalog.Catalog;
import org.imageferry.catalog.Tables;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeySettings;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.Snapshot;
import org.imageferry.domain.SnapshotId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.Kms;
import org.imageferry.kms.KmsException;

/// Chooses keys for images that are to be made, and looks whether those of others may be used: the rules
/// of encryption in the order of the API's checks. Nothing here changes the catalog; a service key that
/// was never needed before is made.
public final class KeyChoices {
    private final Catalog catalog;
    private final Kms kms;
    private final Function<RegionId, KeyPolicy> policies;

    /// @param policies of every region that there is
    public KeyChoices(Catalog catalog, Kms kms, Function<RegionId, KeyPolicy> policies) {
        this.catalog = catalog;
        this.kms = kms;
        this.policies = policies;
    }

    /// @param encrypted empty leaves it to the source and the account
    /// @param key id or alias of the key to use
    record Wish(
            AccountId account,
            RegionId region,
            Optional<Boolean> encrypted,
            Optional<String> key) {}

    /// For a copy of this image.
    KeyChoice forCopy(Wish wish, ImageId source) {
        return forCopy(
                wish,
                catalog.read(tables -> sealed(tables, source)),
                new Refusal.EncryptedSource(source.value()));
    }

    /// For a copy of this snapshot.
    KeyChoice forCopy(Wish wish, SnapshotId source) {
        return forCopy(
                wish,
                catalog.read(tables -> sealed(tables, source)),
                new Refusal.EncryptedSource(source.value()));
    }

    private KeyChoice forCopy(Wish wish, List<Scope> sealed, Refusal plain) {
        if (wish.key().isPresent() && !wish.encrypted().orElse(false)) {
            return new KeyChoice.Refused(new Refusal.KeyWithoutEncryption());
        }
        if (!sealed.isEmpty() && !wish.encrypted().orElse(true)) {
            return new KeyChoice.Refused(plain);
        }
        return unusable(sealed)
                .<KeyChoice>map(KeyChoice.Refused::new)
                .orElseGet(() -> choose(wish, !sealed.isEmpty()));
    }

    /// For an image that comes from outside, in the clear.
    KeyChoice forImport(AccountId account, RegionId region) {
        return choose(new Wish(account, region, Optional.empty(), Optional.empty()), false);
    }

    /// What keeps the image from being exported, if it is encrypted.
    Optional<Refusal> forExport(RegionId region, ImageId image) {
        List<Scope> sealed = catalog.read(tables -> sealed(tables, image));
        if (!sealed.isEmpty() && !policies.apply(region).exports()) {
            return Optional.of(new Refusal.EncryptedExport(image));
        }
        return unusable(sealed);
    }

    /// What keeps the image from being shown to others, if it is encrypted. A service key is for its
    /// account's own use; and whose key another is should know who may read what it encrypts.
    ///
    /// @param everybody to all, and not to some
    Optional<Refusal> forSharing(ImageId image, boolean everybody) {
        List<Scope> sealed = catalog.read(tables -> sealed(tables, image));
        try {
            for (Scope scope : sealed) {
                if (everybody || kms.isServiceKey(scope)) {
                    return Optional.of(new Refusal.EncryptedShare(image));
                }
            }
            return Optional.empty();
        } catch (KmsException e) {
            return Optional.of(refusal(e, sealed.getFirst().key().orElseThrow().key().value()));
        }
    }

    private static List<Scope> sealed(Tables tables, ImageId id) {
        return tables.images().find(id).stream()
                .flatMap(image ->
                        tables.encryption().keysOf(id).stream()
                                .map(key ->
                                        new Scope(
                                                image.account(), image.region(), Optional.of(key))))
                .toList();
    }

    private static List<Scope> sealed(Tables tables, SnapshotId id) {
        return tables.snapshots().find(id).map(Snapshot::scope).stream()
                .filter(scope -> scope.key().isPresent())
                .toList();
    }

    private Optional<Refusal> unusable(List<Scope> sealed) {
        for (Scope scope : sealed) {
            try {
                kms.check(scope);
            } catch (KmsException e) {
                return Optional.of(refusal(e, scope.key().orElseThrow().key().value()));
            }
        }
        return Optional.empty();
    }

    private KeyChoice choose(Wish wish, boolean sealedSource) {
        KeySettings settings = catalog.read(tables -> tables.encryption().settings(wish.account()));
        boolean refusesPlain = settings.encrypt() == KeySettings.Encrypt.ALWAYS;
        if (refusesPlain && !wish.encrypted().orElse(true)) {
            return new KeyChoice.Refused(new Refusal.MustBeEncrypted(wish.account()));
        }
        boolean asked = wish.encrypted().orElse(false) || sealedSource;
        if (!asked && settings.encrypt() == KeySettings.Encrypt.ASKED) {
            return new KeyChoice.Plain();
        }
        return forbidden(wish, settings)
                .<KeyChoice>map(KeyChoice.Refused::new)
                .orElseGet(() -> seal(wish));
    }

    private Optional<Refusal> forbidden(Wish wish, KeySettings settings) {
        if (!policies.apply(wish.region()).keys()) {
            return Optional.of(new Refusal.NoKeyService(wish.region()));
        }
        if (!settings.service()) {
            return Optional.of(new Refusal.KeyServiceNotAllowed(wish.account()));
        }
        if (wish.key().isEmpty()) {
            return Optional.empty();
        }
        if (!catalog.read(tables -> tables.regions().rules(wish.region())).customerKeys()) {
            return Optional.of(new Refusal.NoCustomerKeys(wish.region()));
        }
        return settings.customerKeys()
                ? Optional.empty()
                : Optional.of(new Refusal.CustomerKeysNotAllowed(wish.account()));
    }

    private KeyChoice seal(Wish wish) {
        String named = wish.key().orElse("service key");
        try {
            KeyVersion version =
                    wish.key().isPresent()
                            ? kms.find(wish.account(), wish.region(), wish.key().get())
                            : kms.serviceKey(wish.account(), wish.region());
            Scope scope = new Scope(wish.account(), wish.region(), Optional.of(version));
            kms.check(scope);
            Optional<WrappedKey> known = catalog.read(tables -> tables.encryption().dataKey(scope));
            return new KeyChoice.Sealed(
                    scope, known.isPresent() ? known.get() : kms.generate(scope));
        } catch (KmsException e) {
            return new KeyChoice.Refused(refusal(e, named));
        }
    }

    private static Refusal refusal(KmsException failure, String key) {
        return switch (failure.kind()) {
            case NOT_FOUND -> new Refusal.UnknownKey(key);
            case DISABLED, PENDING_DELETION -> new Refusal.KeyNotUsable(key);
            case NOT_GRANTED -> new Refusal.KeyNotGranted(key);
            case NOT_WRAPPED_BY_IT, UNAVAILABLE ->
                    new Refusal.NoDataKey(key, String.valueOf(failure.getMessage()));
        };
    }
}
