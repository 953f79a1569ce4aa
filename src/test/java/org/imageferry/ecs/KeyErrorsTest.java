package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.ImageId;
import org.imageferry.domain.KeyAlias;
import org.imageferry.domain.KeyId;
import org.imageferry.domain.KeyState;
import org.imageferry.domain.Refusal;
import org.imageferry.domain.RegionId;
import org.junit.jupiter.api.Test;

class KeyErrorsTest {
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final AccountId ACCOUNT = new AccountId("1234567890123456");
    private static final ImageId IMAGE = new ImageId("m-00000000000000000000");
    private static final KeyId KEY = new KeyId("01234567-89ab-cdef-0123-456789abcdef");
    private static final KeyAlias ALIAS = new KeyAlias("alias/golden");

    @Test
    void everyRefusalOfKeysHasItsCode() {
        Map<Refusal.OfKeys, String> codes = new LinkedHashMap<>();
        codes.put(new Refusal.NoKeyService(REGION), "400 InvalidParameter.KmsNotEnabled");
        codes.put(new Refusal.KeyWithoutEncryption(), "400 InvalidParameter.EncryptedIllegal");
        codes.put(new Refusal.NoCustomerKeys(REGION), "403 InvalidRegion.NotSupport");
        codes.put(new Refusal.CustomerKeysNotAllowed(ACCOUNT), "403 UserNotInTheWhiteList");
        codes.put(
                new Refusal.KeyServiceNotAllowed(ACCOUNT),
                "403 OperationDenied.KmsServiceUnauthorized");
        codes.put(new Refusal.UnknownKey("k"), "404 InvalidParameter.KMSKeyId.NotFound");
        codes.put(
                new Refusal.KeyStateForbids(KEY, new KeyState.Enabled()),
                "409 Rejected.StateModifiedFailed");
        codes.put(new Refusal.KeyNotUsable("k"), "403 InvalidParameter.KMSKeyId.CMKNotEnabled");
        codes.put(new Refusal.KeyNotGranted("k"), "403 InvalidParameter.KMSKeyId.KMSUnauthorized");
        codes.put(new Refusal.ServiceKey(KEY), "400 Rejected.UnsupportedOperation");
        codes.put(new Refusal.TooManyKeys(1), "409 Rejected.LimitExceeded");
        codes.put(new Refusal.AliasTaken(ALIAS), "409 Forbidden.AlreadyExists");
        codes.put(new Refusal.UnknownAlias(ALIAS), "404 Forbidden.AliasNotFound");
        codes.put(
                new Refusal.NoDataKey("k", "why"),
                "403 InvalidParameter.DataEncryptedKeyCreateFailed");
        codes.put(new Refusal.EncryptedSource("m-1"), "403 OperationDeined.EncryptedSnapshot");
        codes.put(new Refusal.EncryptedExport(IMAGE), "400 ImageNotSupported");
        codes.put(new Refusal.EncryptedShare(IMAGE), "403 OperationDeined.EncryptedSnapshot");
        codes.put(
                new Refusal.MustBeEncrypted(ACCOUNT),
                "403 InvalidEncrypted.NotMatchDiskDefaultEncryption");
        codes.forEach((refusal, code) -> {
            EcsError error = EcsError.of(refusal);
            assertThat(error.status() + " " + error.code()).isEqualTo(code);
            assertThat(error.message()).endsWith(".");
        });
        List<Class<?>> covered = codes.keySet().stream().<Class<?>>map(Object::getClass).toList();
        assertThat(covered)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.asList(Refusal.OfKeys.class.getPermittedSubclasses()));
    }

    @Test
    void theAdviceSaysWhichKeyAndWhy() {
        assertThat(EcsError.of(new Refusal.NoDataKey("k", "it is damaged")).advice())
                .isEqualTo("it is damaged");
        assertThat(EcsError.of(new Refusal.KeyNotUsable("key-1")).advice()).contains("key-1");
    }
}
