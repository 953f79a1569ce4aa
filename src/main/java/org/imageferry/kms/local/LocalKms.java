package org.imageferry.kms.local;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.DataKey;
import org.imageferry.kms.Kms;
import org.imageferry.kms.KmsException;
import org.imageferry.kms.MasterKey;

/// The embedded key services of all regions. Their keys are records, each wrapped by the master key;
/// data keys are wrapped by these. It remembers nothing: a change of a key counts at once.
///
/// Keys have one version: the first.
public final class LocalKms implements Kms {
    private static final int VERSION = 1;

    private final KeyRecords records;
    private final KeyMaterial material;
    private final RandomGenerator random;

    /// @param random any number of threads may ask it; unpredictable outside of tests
    public LocalKms(KeyRecords records, MasterKey master, RandomGenerator random) {
        this.records = records;
        this.material = new KeyMaterial(master, random);
        this.random = random;
    }

    @Override
    public KeyVersion find(AccountId account, RegionId region, String name) throws KmsException {
        return records.read(table -> named(table, account, region, name))
                .map(key -> new KeyVersion(key.id(), VERSION))
                .orElseThrow(() -> unknown(name, account, region));
    }

    /// The key of this name, if it is the account's in this region and its time is not over.
    static Optional<KmsKey> named(
            KeyRecords.Table table, AccountId account, RegionId region, String name) {
        return id(table, account, region, name)
                .flatMap(table::find)
                .filter(key -> key.account().equals(account) && key.region().equals(region))
                .filter(key -> !key.gone(table.now()));
    }

    private static Optional<KeyId> id(
            KeyRecords.Table table, AccountId account, RegionId region, String name) {
        try {
            return name.startsWith("alias/")
                    ? table.find(account, region, new KeyAlias(name))
                    : Optional.of(new KeyId(name));
        } catch (RefusedException e) {
            return Optional.empty(); // a text that no key can have
        }
    }

    @Override
    public KeyVersion serviceKey(AccountId account, RegionId region) {
        KmsKey key =
                records.read(table -> serviceKey(table, account, region))
                        .orElseGet(() -> makeServiceKey(account, region));
        return new KeyVersion(key.id(), VERSION);
    }

    private static Optional<KmsKey> serviceKey(
            KeyRecords.Table table, AccountId account, RegionId region) {
        return table.list(account, region).stream().filter(KmsKey::service).findFirst();
    }

    @Override
    public boolean isServiceKey(Scope scope) {
        return records.read(table -> serviceKey(table, scope.account(), scope.region()))
                .map(KmsKey::id)
                .equals(scope.key().map(KeyVersion::key));
    }

    /// Somebody else may have made it meanwhile: then theirs is it.
    private KmsKey makeServiceKey(AccountId account, RegionId region) {
        KeyId id = material.id();
        WrappedKey wrapped = material.make(id);
        return records.change(table ->
                serviceKey(table, account, region)
                        .orElseGet(() -> {
                            KmsKey key =
                                    new KmsKey(
                                            id,
                                            account,
                                            region,
                                            "encrypts images of which no other key was named",
                                            new KeyState.Enabled(),
                                            table.now(),
                                            true,
                                            true);
                            table.insert(key, wrapped);
                            return key;
                        }));
    }

    @Override
    public void check(Scope scope) throws KmsException {
        usable(scope);
    }

    @Override
    public WrappedKey generate(Scope scope) throws KmsException {
        Wrapping key = usable(scope);
        byte[] data = new byte[DataKey.BYTES];
        random.nextBytes(data);
        try {
            return new WrappedKey(key.wrap(data, context(scope)));
        } finally {
            java.util.Arrays.fill(data, (byte) 0);
        }
    }

    @Override
    public DataKey unwrap(Scope scope, WrappedKey wrapped) throws KmsException {
        byte[] data =
                usable(scope)
                        .unwrap(wrapped.text(), context(scope))
                        .filter(bytes -> bytes.length == DataKey.BYTES)
                        .orElseThrow(() ->
                                new KmsException(
                                        KmsException.Kind.NOT_WRAPPED_BY_IT,
                                        "the wrapped data key of "
                                                + scope
                                                + " is damaged: it was not wrapped by its key"));
        try {
            return new DataKey(data);
        } finally {
            java.util.Arrays.fill(data, (byte) 0);
        }
    }

    private static String context(Scope scope) {
        return "data-key:" + scope;
    }

    private record Usable(KmsKey key, WrappedKey material) {}

    private Wrapping usable(Scope scope) throws KmsException {
        KeyVersion version =
                scope.key().orElseThrow(() -> new IllegalArgumentException(scope + " has no key"));
        Usable found =
                records.read(table ->
                                named(table, scope.account(), scope.region(), version.key().value())
                                        .filter(_ -> version.version() == VERSION)
                                        .flatMap(key ->
                                                table.material(key.id())
                                                        .map(of -> new Usable(key, of))))
                        .orElseThrow(
                                () -> unknown(version.toString(), scope.account(), scope.region()));
        requireUsable(found.key());
        return material.wrapping(version.key(), found.material());
    }

    private static void requireUsable(KmsKey key) throws KmsException {
        switch (key.state()) {
            case KeyState.Enabled _ -> {
                if (!key.granted()) {
                    throw refused(
                            KmsException.Kind.NOT_GRANTED,
                            key,
                            "the image service may not use it: grant it the use");
                }
            }
            case KeyState.Disabled _ ->
                    throw refused(
                            KmsException.Kind.DISABLED, key, "it is disabled: enable it again");
            case KeyState.PendingDeletion(var at) ->
                    throw refused(
                            KmsException.Kind.PENDING_DELETION,
                            key,
                            "it is to be deleted at " + at + ": cancel that before");
        }
    }

    private static KmsException refused(KmsException.Kind kind, KmsKey key, String reason) {
        return new KmsException(
                kind,
                "key " + key.id() + " of region " + key.region() + " can't be used: " + reason);
    }

    private static KmsException unknown(String name, AccountId account, RegionId region) {
        return new KmsException(
                KmsException.Kind.NOT_FOUND,
                "account " + account + " has no key " + name + " in region " + region);
    }
}
