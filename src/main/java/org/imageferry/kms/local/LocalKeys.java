package org.imageferry.kms.local;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.NamedKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.KeyAdministration;
import org.imageferry.kms.MasterKey;

/// Makes and changes the keys that [LocalKms] uses.
public final class LocalKeys implements KeyAdministration {
    /// Of one account in one region.
    public static final int MOST_KEYS = 1_000;

    private final KeyRecords records;
    private final KeyMaterial material;

    /// @param random any number of threads may ask it; unpredictable outside of tests
    public LocalKeys(KeyRecords records, MasterKey master, RandomGenerator random) {
        this.records = records;
        this.material = new KeyMaterial(master, random);
    }

    @Override
    public KmsKey create(AccountId account, RegionId region, String description) {
        KeyId id = material.id();
        WrappedKey wrapped = material.make(id);
        return records.change(table -> {
            if (table.list(account, region).size() >= MOST_KEYS) {
                throw new RefusedException(new Refusal.TooManyKeys(MOST_KEYS));
            }
            KeyState enabled = new KeyState.Enabled();
            KmsKey key =
                    new KmsKey(id, account, region, description, enabled, table.now(), false, true);
            table.insert(key, wrapped);
            return key;
        });
    }

    @Override
    public KmsKey describe(AccountId account, RegionId region, String name) {
        return records.read(table -> named(table, account, region, name));
    }

    private static KmsKey named(
            KeyRecords.Table table, AccountId account, RegionId region, String name) {
        return LocalKms.named(table, account, region, name)
                .orElseThrow(() -> new RefusedException(new Refusal.UnknownKey(name)));
    }

    @Override
    public List<KmsKey> list(AccountId account, RegionId region) {
        return records.read(table ->
                table.list(account, region).stream()
                        .filter(key -> !key.gone(table.now()))
                        .toList());
    }

    @Override
    public void enable(AccountId account, RegionId region, String name) {
        change(account, region, name, KmsKey::enable);
    }

    @Override
    public void disable(AccountId account, RegionId region, String name) {
        change(account, region, name, KmsKey::disable);
    }

    @Override
    public KmsKey scheduleDeletion(AccountId account, RegionId region, String name, int days) {
        return records.change(table -> {
            KmsKey key = named(table, account, region, name).scheduleDeletion(table.now(), days);
            table.update(key);
            return key;
        });
    }

    @Override
    public void cancelDeletion(AccountId account, RegionId region, String name) {
        change(account, region, name, KmsKey::cancelDeletion);
    }

    @Override
    public void grant(AccountId account, RegionId region, String name, boolean granted) {
        change(account, region, name, key -> key.grant(granted));
    }

    private void change(
            AccountId account, RegionId region, String name, UnaryOperator<KmsKey> change) {
        records.change(table -> {
            KmsKey key = change.apply(named(table, account, region, name));
            table.update(key);
            return key;
        });
    }

    @Override
    public void createAlias(AccountId account, RegionId region, KeyAlias alias, String key) {
        records.change(table -> {
            KmsKey of = named(table, account, region, key);
            if (table.find(account, region, alias).isPresent()) {
                throw new RefusedException(new Refusal.AliasTaken(alias));
            }
            table.insert(alias, of);
            return of;
        });
    }

    @Override
    public void deleteAlias(AccountId account, RegionId region, KeyAlias alias) {
        records.change(table -> {
            if (table.find(account, region, alias).isEmpty()) {
                throw new RefusedException(new Refusal.UnknownAlias(alias));
            }
            table.delete(account, region, alias);
            return alias;
        });
    }

    @Override
    public List<NamedKey> aliases(AccountId account, RegionId region, Optional<String> key) {
        return records.read(table -> {
            List<KmsKey> keys =
                    key.map(name -> List.of(named(table, account, region, name)))
                            .orElseGet(() -> table.list(account, region));
            return keys.stream()
                    .filter(one -> !one.gone(table.now()))
                    .flatMap(one ->
                            table.aliases(one.id()).stream().map(name -> new NamedKey(name, one)))
                    .sorted(Comparator.comparing(alias -> alias.name().value()))
                    .toList();
        });
    }

    /// Deletes the keys whose time is over, for good: what only they unwrap is lost.
    public void deleteDue() {
        if (records.read(table -> due(table).isEmpty())) {
            return;
        }
        records.change(table -> {
            List<KmsKey> due = due(table);
            due.forEach(key -> table.delete(key.id()));
            return due;
        });
    }

    private static List<KmsKey> due(KeyRecords.Table table) {
        return table.pendingDeletion().stream().filter(key -> key.gone(table.now())).toList();
    }
}
