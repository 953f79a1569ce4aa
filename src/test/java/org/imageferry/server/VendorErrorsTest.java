package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.imageferry.server.VendorClient.Copying;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What stands before a request can do anything: the vendor's clients for Java, unchanged, tell it by
/// exceptions of their own.
class VendorErrorsTest {
    private static final int DISK_BYTES = 1 << 20;
    private static final String UNKNOWN = "m-00000000000000000000";

    @TempDir private static Path folder;
    private static VendorScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = new VendorScene(folder, DISK_BYTES);
    }

    @AfterAll
    static void stop() throws Exception {
        scene.close();
    }

    private static Stream<VendorClient> by(VendorScene.Key key) {
        return VendorClient.all(scene.server(), key.id(), key.secret());
    }

    private static Copying to(String region) {
        return new Copying(UNKNOWN, region, "a-copy", Map.of());
    }

    static Stream<VendorClient> withWrongSecret() {
        return by(new VendorScene.Key(scene.key().id(), "wrong"));
    }

    @ParameterizedTest
    @MethodSource("withWrongSecret")
    void aWrongSecretIsCalledThat(VendorClient client) {
        assertThat(client.told(catchThrowable(client::regions)).code())
                .isEqualTo(
                        client instanceof ClassicClient
                                ? "SDK.InvalidAccessKeySecret" // it has compared what both signed
                                : "SignatureDoesNotMatch");
    }

    static Stream<VendorClient> withUnknownKey() {
        return by(new VendorScene.Key("LTAInobody", scene.key().secret()));
    }

    @ParameterizedTest
    @MethodSource("withUnknownKey")
    void anUnknownKeyIsCalledThat(VendorClient client) {
        client.assertRefused("InvalidAccessKeyId.NotFound", client::regions);
    }

    static Stream<VendorClient> ofAUserWithoutPolicies() {
        return by(scene.user());
    }

    @ParameterizedTest
    @MethodSource("ofAUserWithoutPolicies")
    void aUserWithoutPoliciesMayDoNothing(VendorClient client) {
        client.assertRefused("Forbidden.RAM", client::regions);
        client.assertRefused("Forbbiden", () -> client.copy(to("cn-beijing")));
    }

    static Stream<VendorClient> ofAThrottledAccount() {
        return by(scene.busy());
    }

    @ParameterizedTest
    @MethodSource("ofAThrottledAccount")
    void tooManyRequestsAreThrottled(VendorClient client) {
        client.assertRefused("Throttling.User", client::regions);
        client.assertRefused("Throttling.User", () -> client.copy(to("cn-beijing")));
    }

    static Stream<VendorClient> clients() {
        return by(scene.key());
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRegionWithoutItsStoreIsUnavailable(VendorClient client) {
        client.assertRefused("ServiceUnavailable", () -> client.copy(to(VendorScene.BROKEN)));
    }
}
