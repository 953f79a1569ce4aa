package org.imageferry.kms.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.imageferry.catalog.CatalogScenes;
import org.imageferry.catalog.Tables;
import org.imageferry.catalog.TestClock;
import org.imageferry.catalog.jdbc.SqliteCatalog;
import org.imageferry.copy.TestKeys;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.KmsKey;
import org.imageferry.domain.NamedKey;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RefusedException;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.Kms;
import org.imageferry.kms.KmsContract;
import org.imageferry.kms.KmsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LocalKmsTest implements KmsContract {
    private static final KeyAlias GOLDEN = new KeyAlias("alias/golden");

    private final TestClock clock = new TestClock();
    private final SqliteCatalog catalog = SqliteCatalog.inMemory(clock, new SplittableRandom(1));
    private final TestKeys service = new TestKeys(catalog, new SplittableRandom(2));
    private final LocalKeys keys = service.keys();

    LocalKmsTest() {
        catalog.write(tables -> {
            CatalogScenes.add(tables, MINE, "mine");
            CatalogScenes.add(tables, THEIRS, "theirs");
            tables.regions().ensure(HERE);
            tables.regions().ensure(THERE);
            return MINE;
        });
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Override
    public Owner owner() {
        return new Owner() {
            @Override
            public Kms kms() {
                return service.kms();
            }

            @Override
            public String newKey(AccountId account, RegionId region) {
                return keys.create(account, region, "").id().value();
            }

            @Override
            public void enable(String key) {
                keys.enable(MINE, HERE, key);
            }

            @Override
            public void disable(String key) {
                keys.disable(MINE, HERE, key);
            }

            @Override
            public void grant(String key, boolean granted) {
                keys.grant(MINE, HERE, key, granted);
            }

            @Override
            public void scheduleDeletion(String key, int days) {
                keys.scheduleDeletion(MINE, HERE, key, days);
            }

            @Override
            public void cancelDeletion(String key) {
                keys.cancelDeletion(MINE, HERE, key);
            }

            @Override
            public void later(Duration time) {
                clock.advance(time);
            }
        };
    }

    @Test
    void aNewKeyIsAsItWasAskedFor() {
        KmsKey key = keys.create(MINE, HERE, "for golden images");
        assertThat(key.description()).isEqualTo("for golden images");
        assertThat(key.state()).isEqualTo(new KeyState.Enabled());
        assertThat(key.granted()).isTrue();
        assertThat(keys.describe(MINE, HERE, key.id().value())).isEqualTo(key);
        assertThat(keys.list(MINE, HERE)).containsExactly(key);
        assertThat(keys.list(THEIRS, HERE)).isEmpty();
    }

    @Test
    void aKeyWaitsAsLongAsWasSaid() {
        String key = keys.create(MINE, HERE, "").id().value();
        Instant now = catalog.read(Tables::now);
        KmsKey pending = keys.scheduleDeletion(MINE, HERE, key, 30);
        assertThat(pending.state())
                .isEqualTo(new KeyState.PendingDeletion(now.plus(Duration.ofDays(30))));
        clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(keys.describe(MINE, HERE, key)).isEqualTo(pending);
        clock.advance(Duration.ofMillis(1));
        assertRefused(new Refusal.UnknownKey(key), () -> keys.cancelDeletion(MINE, HERE, key));
    }

    @Test
    void whatIsDueIsDeletedWithItsMaterialAndNothingElse() {
        KmsKey due = keys.create(MINE, HERE, "");
        KmsKey waiting = keys.create(MINE, HERE, "");
        KmsKey kept = keys.create(MINE, HERE, "");
        keys.createAlias(MINE, HERE, GOLDEN, due.id().value());
        keys.scheduleDeletion(MINE, HERE, due.id().value(), 7);
        keys.scheduleDeletion(MINE, HERE, waiting.id().value(), 8);
        clock.advance(Duration.ofDays(7));
        keys.deleteDue();
        assertThat(material(due.id())).isEmpty();
        assertThat(material(waiting.id())).isPresent();
        assertThat(keys.list(MINE, HERE))
                .extracting(KmsKey::id)
                .containsExactlyInAnyOrder(waiting.id(), kept.id());
        assertThat(keys.aliases(MINE, HERE, Optional.empty())).isEmpty();
    }

    @Test
    void aKeyIsEnabledAgainWhenItsDeletionIsCancelled() {
        String key = keys.create(MINE, HERE, "").id().value();
        keys.disable(MINE, HERE, key);
        keys.scheduleDeletion(MINE, HERE, key, 7);
        keys.cancelDeletion(MINE, HERE, key);
        assertThat(keys.describe(MINE, HERE, key).state()).isEqualTo(new KeyState.Enabled());
    }

    @Test
    void aKeyThatWaitsForItsDeletionCanOnlyBeTakenBack() {
        KmsKey key = keys.create(MINE, HERE, "");
        String id = key.id().value();
        KeyState pending = keys.scheduleDeletion(MINE, HERE, id, 7).state();
        Refusal forbids = new Refusal.KeyStateForbids(key.id(), pending);
        assertRefused(forbids, () -> keys.enable(MINE, HERE, id));
        assertRefused(forbids, () -> keys.disable(MINE, HERE, id));
        assertRefused(forbids, () -> keys.scheduleDeletion(MINE, HERE, id, 7));
    }

    @Test
    void onlyADeletionThatWasScheduledIsCancelled() {
        KmsKey key = keys.create(MINE, HERE, "");
        assertRefused(
                new Refusal.KeyStateForbids(key.id(), new KeyState.Enabled()),
                () -> keys.cancelDeletion(MINE, HERE, key.id().value()));
    }

    @Test
    void aDeletionWaitsAWeekAtLeastAndAYearAtMost() {
        String key = keys.create(MINE, HERE, "").id().value();
        for (int days : new int[] {-1, 0, 6, 367}) {
            assertRefused(
                    new Refusal.Malformed("PendingWindowInDays", Integer.toString(days)),
                    () -> keys.scheduleDeletion(MINE, HERE, key, days));
        }
        keys.scheduleDeletion(MINE, HERE, key, 366);
    }

    @Test
    void theServicesOwnKeyIsNobodysToChange() throws KmsException {
        KeyId id = service.kms().serviceKey(MINE, HERE).key();
        String key = id.value();
        assertThat(keys.describe(MINE, HERE, key).service()).isTrue();
        Refusal refusal = new Refusal.ServiceKey(id);
        assertRefused(refusal, () -> keys.disable(MINE, HERE, key));
        assertRefused(refusal, () -> keys.scheduleDeletion(MINE, HERE, key, 7));
        assertRefused(refusal, () -> keys.grant(MINE, HERE, key, false));
    }

    @Test
    void anAliasNamesAKeyInItsAccountAndRegion() throws KmsException {
        KmsKey key = keys.create(MINE, HERE, "");
        keys.createAlias(MINE, HERE, GOLDEN, key.id().value());
        assertThat(service.kms().find(MINE, HERE, "alias/golden").key()).isEqualTo(key.id());
        assertThat(keys.describe(MINE, HERE, "alias/golden")).isEqualTo(key);
        assertThat(keys.aliases(MINE, HERE, Optional.empty()))
                .containsExactly(new NamedKey(GOLDEN, key));
        assertRefused(
                new Refusal.UnknownKey("alias/golden"),
                () -> keys.describe(MINE, THERE, "alias/golden"));
        assertRefused(
                new Refusal.UnknownKey("alias/golden"),
                () -> keys.describe(THEIRS, HERE, "alias/golden"));
    }

    @Test
    void anAliasIsTakenOnceAndFreeWhenItIsDeleted() {
        String one = keys.create(MINE, HERE, "").id().value();
        String other = keys.create(MINE, HERE, "").id().value();
        keys.createAlias(MINE, HERE, GOLDEN, one);
        assertRefused(
                new Refusal.AliasTaken(GOLDEN), () -> keys.createAlias(MINE, HERE, GOLDEN, other));
        keys.deleteAlias(MINE, HERE, GOLDEN);
        keys.createAlias(MINE, HERE, GOLDEN, other);
        assertThat(keys.describe(MINE, HERE, "alias/golden").id().value()).isEqualTo(other);
        keys.deleteAlias(MINE, HERE, GOLDEN);
        assertRefused(new Refusal.UnknownAlias(GOLDEN), () -> keys.deleteAlias(MINE, HERE, GOLDEN));
    }

    @Test
    void aliasesHaveKmsRules() {
        for (String bad : List.of("golden", "alias/", "alias/a b", "alias/" + "a".repeat(250))) {
            assertRefused(new Refusal.Malformed("AliasName", bad), () -> new KeyAlias(bad));
        }
        assertThat(new KeyAlias("alias/" + "a".repeat(249)).value()).hasSize(255);
    }

    @Test
    void aKeyWhoseMaterialWasChangedIsDamagedAndSaysSo() throws KmsException {
        KmsKey key = keys.create(MINE, HERE, "");
        KmsKey other = keys.create(MINE, HERE, "");
        catalog.write(tables -> {
            tables.kmsKeys().rewrap(key.id(), tables.kmsKeys().material(other.id()).orElseThrow());
            return key;
        });
        Scope scope = new Scope(MINE, HERE, Optional.of(new KeyVersion(key.id(), 1)));
        KmsException failure =
                catchThrowableOfType(KmsException.class, () -> service.kms().generate(scope));
        assertThat(failure).hasMessageContaining(key.id().value()).hasMessageContaining("damaged");
        assertThat(failure.kind()).isEqualTo(KmsException.Kind.NOT_WRAPPED_BY_IT);
    }

    private Optional<WrappedKey> material(KeyId id) {
        return catalog.read(tables -> tables.kmsKeys().material(id));
    }

    private static void assertRefused(
            Refusal refusal, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
