package org.imageferry.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyVersion;
import org.imageferry.domain.RegionId;
import org.imageferry.domain.Scope;
import org.imageferry.domain.WrappedKey;
import org.imageferry.kms.KmsException.Kind;
import org.junit.jupiter.api.Test;

/// What every key service must promise: a test for each line of [Kms].
public interface KmsContract {
    AccountId MINE = new AccountId("1000000000000001");
    AccountId THEIRS = new AccountId("1000000000000002");
    RegionId HERE = new RegionId("cn-hangzhou");
    RegionId THERE = new RegionId("cn-shanghai");

    /// The service, and the ways in which its owner changes its keys. Both accounts and regions are
    /// known to it.
    interface Owner {
        Kms kms();

        /// @return the id of a new key that is enabled and that the image service may use
        String newKey(AccountId account, RegionId region);

        void enable(String key);

        void disable(String key);

        void grant(String key, boolean granted);

        /// @param days 7 to 366
        void scheduleDeletion(String key, int days);

        void cancelDeletion(String key);

        void later(Duration time);
    }

    Owner owner();

    private Kms kms() {
        return owner().kms();
    }

    private Scope scope(String key) throws KmsException {
        return new Scope(MINE, HERE, Optional.of(kms().find(MINE, HERE, key)));
    }

    private static void assertFails(Kind kind, ThrowingCallable call) {
        KmsException failure = catchThrowableOfType(KmsException.class, call);
        assertThat(failure).as("a failure").isNotNull();
        assertThat(failure.kind()).isEqualTo(kind);
    }

    @Test
    default void aServiceKeyIsKnownFromThoseThatSomebodyMade() throws KmsException {
        Scope made = scope(owner().newKey(MINE, HERE));
        assertThat(kms().isServiceKey(made)).isFalse();
        Scope service = new Scope(MINE, HERE, Optional.of(kms().serviceKey(MINE, HERE)));
        assertThat(kms().isServiceKey(service)).isTrue();
        assertThat(kms().isServiceKey(made)).isFalse();
    }

    @Test
    default void aDataKeyUnwrapsToTheSameEachTime() throws KmsException {
        Scope scope = scope(owner().newKey(MINE, HERE));
        WrappedKey wrapped = kms().generate(scope);
        try (DataKey once = kms().unwrap(scope, wrapped);
                DataKey again = kms().unwrap(scope, wrapped)) {
            assertThat(once.bytes()).hasSize(32).isEqualTo(again.bytes());
        }
    }

    @Test
    default void noTwoDataKeysAreEqual() throws KmsException {
        Scope scope = scope(owner().newKey(MINE, HERE));
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            WrappedKey wrapped = kms().generate(scope);
            try (DataKey key = kms().unwrap(scope, wrapped)) {
                assertThat(seen.add(HexFormat.of().formatHex(key.bytes()))).isTrue();
            }
            assertThat(seen.add(wrapped.text())).isTrue();
        }
    }

    @Test
    default void aDataKeyUnwrapsForItsOwnScopeOnly() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        WrappedKey wrapped = kms().generate(scope(key));
        Scope other = scope(owner().newKey(MINE, HERE));
        assertFails(Kind.NOT_WRAPPED_BY_IT, () -> kms().unwrap(other, wrapped));
    }

    @Test
    default void anyFlippedBitOfAWrappedKeyIsFound() throws KmsException {
        Scope scope = scope(owner().newKey(MINE, HERE));
        byte[] wrapped = kms().generate(scope).text().getBytes(StandardCharsets.US_ASCII);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            byte[] flipped = wrapped.clone();
            int bit = random.nextInt(flipped.length * Byte.SIZE);
            flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            WrappedKey forged = new WrappedKey(new String(flipped, StandardCharsets.ISO_8859_1));
            assertFails(Kind.NOT_WRAPPED_BY_IT, () -> kms().unwrap(scope, forged));
        }
    }

    @Test
    default void aKeyIsOneAccountsInOneRegion() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        KeyVersion version = kms().find(MINE, HERE, key);
        assertFails(Kind.NOT_FOUND, () -> kms().find(THEIRS, HERE, key));
        assertFails(Kind.NOT_FOUND, () -> kms().find(MINE, THERE, key));
        Scope theirs = new Scope(THEIRS, HERE, Optional.of(version));
        assertFails(Kind.NOT_FOUND, () -> kms().check(theirs));
        assertFails(Kind.NOT_FOUND, () -> kms().generate(theirs));
        Scope there = new Scope(MINE, THERE, Optional.of(version));
        assertFails(Kind.NOT_FOUND, () -> kms().check(there));
    }

    @Test
    default void whatNamesNoKeyIsNotFound() {
        for (String name : List.of("", "alias/none", "x", "01234567-89ab-cdef-0123-456789abcdef")) {
            assertFails(Kind.NOT_FOUND, () -> kms().find(MINE, HERE, name));
        }
    }

    @Test
    default void aVersionThatThereIsNotIsNotFound() throws KmsException {
        KeyId key = kms().find(MINE, HERE, owner().newKey(MINE, HERE)).key();
        Scope scope = new Scope(MINE, HERE, Optional.of(new KeyVersion(key, 999)));
        assertFails(Kind.NOT_FOUND, () -> kms().check(scope));
    }

    @Test
    default void aDisabledKeyDoesNothingUntilItIsEnabledAgain() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        owner().disable(key);
        assertThat(kms().find(MINE, HERE, key).key().value()).isEqualTo(key);
        owner().enable(key);
        assertRefusesInBetween(
                key, Kind.DISABLED, () -> owner().disable(key), () -> owner().enable(key));
    }

    @Test
    default void aKeyThatIsNotGrantedDoesNothing() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        assertRefusesInBetween(
                key,
                Kind.NOT_GRANTED,
                () -> owner().grant(key, false),
                () -> owner().grant(key, true));
    }

    @Test
    default void aKeyThatWaitsForItsDeletionDoesNothingUntilItIsTakenBack() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        assertRefusesInBetween(
                key,
                Kind.PENDING_DELETION,
                () -> owner().scheduleDeletion(key, 7),
                () -> owner().cancelDeletion(key));
    }

    private void assertRefusesInBetween(String key, Kind kind, Runnable begin, Runnable end)
            throws KmsException {
        Scope scope = scope(key);
        WrappedKey wrapped = kms().generate(scope);
        begin.run();
        assertFails(kind, () -> kms().check(scope));
        assertFails(kind, () -> kms().generate(scope));
        assertFails(kind, () -> kms().unwrap(scope, wrapped));
        end.run();
        kms().check(scope);
        kms().unwrap(scope, wrapped).close();
    }

    @Test
    default void aDeletedKeyIsGoneForGood() throws KmsException {
        String key = owner().newKey(MINE, HERE);
        Scope scope = scope(key);
        owner().scheduleDeletion(key, 7);
        owner().later(Duration.ofDays(7));
        assertFails(Kind.NOT_FOUND, () -> kms().find(MINE, HERE, key));
        assertFails(Kind.NOT_FOUND, () -> kms().check(scope));
    }

    @Test
    default void anAccountHasOneServiceKeyInARegion() throws KmsException {
        KeyVersion key = kms().serviceKey(MINE, HERE);
        assertThat(kms().serviceKey(MINE, HERE)).isEqualTo(key);
        assertThat(kms().serviceKey(MINE, THERE)).isNotEqualTo(key);
        assertThat(kms().serviceKey(THEIRS, HERE)).isNotEqualTo(key);
        kms().generate(new Scope(MINE, HERE, Optional.of(key)));
    }

    @Test
    default void noKeyIsInAFailureOrAText() throws KmsException {
        Scope scope = scope(owner().newKey(MINE, HERE));
        WrappedKey wrapped = kms().generate(scope);
        List<String> texts = new ArrayList<>(List.of(wrapped.toString()));
        byte[] key;
        try (DataKey data = kms().unwrap(scope, wrapped)) {
            key = data.bytes();
            texts.add(data.toString());
        }
        Scope other = scope(owner().newKey(MINE, HERE));
        texts.add(
                String.valueOf(
                        catchThrowableOfType(
                                KmsException.class, () -> kms().unwrap(other, wrapped))));
        for (String secret :
                List.of(
                        HexFormat.of().formatHex(key),
                        Base64.getEncoder().encodeToString(key),
                        wrapped.text())) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
    }
}
