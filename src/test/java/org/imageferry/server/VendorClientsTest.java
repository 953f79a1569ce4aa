package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.aliyuncs.http.FormatType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.imageferry.ecs.client.Call;
import org.imageferry.server.VendorClient.Copying;
import org.imageferry.server.VendorClient.Filter;
import org.imageferry.server.VendorClient.Shown;
import org.imageferry.server.VendorClient.Told;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vendor's clients for Java, unchanged, and one that speaks XML, walk through the life of images
/// on the real server, with real bytes.
class VendorClientsTest {
    private static final int DISK_BYTES = 48 << 20;
    private static final List<String> DESTINATIONS =
            List.of("cn-shanghai", "cn-beijing", "eu-central-1");
    private static final String UNKNOWN = "m-00000000000000000000";
    private static final int TRIES = 10;

    @TempDir private static Path folder;
    private static RealServer server;
    private static String others;

    @BeforeAll
    static void start() throws Exception {
        server = new RealServer(folder, DISK_BYTES);
        Call create = Call.own("CreateAccount").with("AccountName", "others");
        others = server.wire().call(create).path("AccountId").asString();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    static Stream<VendorClient> clients() {
        return clients(server.accessKeyId(), server.secret());
    }

    private static Stream<VendorClient> clients(String id, String secret) {
        String host = "127.0.0.1:" + server.process().port();
        return Stream.of(
                new ClassicClient(host, id, secret, FormatType.JSON),
                new ClassicClient(host, id, secret, FormatType.XML),
                new NewerClient(host, id, secret),
                new XmlClient(server.process().port(), id, secret));
    }

    private static Shown available(VendorClient client, String region, String image)
            throws Exception {
        return Patience.await(
                image + " in " + region,
                () -> client.images(region, Filter.image(image)).stream().findFirst());
    }

    private static Copying copying(String image, String destination, String name) {
        return new Copying(image, destination, name, Map.of());
    }

    private static String name(VendorClient client) {
        return client.toString().replaceAll("[^a-zA-Z0-9]+", "-");
    }

    private static void assertRefused(VendorClient client, String code, ThrowingCallable call) {
        Told told = client.told(catchThrowable(call));
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.requestId()).matches("[0-9A-F-]{36}");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void anImageIsImportedCopiedEverywhereAndDeleted(VendorClient client) throws Exception {
        String name = name(client);
        assertThat(client.regions()).contains(RealServer.SOURCE).containsAll(DESTINATIONS);
        String golden = client.importImage(name);
        Shown source = available(client, RealServer.SOURCE, golden);
        assertThat(source.name()).isEqualTo(name);
        assertThat(source.copied()).isFalse();

        List<String> copies = new ArrayList<>();
        for (String region : DESTINATIONS) {
            Map<String, String> tags = Map.of("role", "金 *~<&>", "by", name);
            copies.add(client.copy(new Copying(golden, region, name, tags)));
            client.share(region, copies.getLast(), others); // while it is being copied
            assertThat(client.images(region, Filter.image(copies.getLast()).inAnyState()))
                    .hasSize(1);
        }
        for (int i = 0; i < DESTINATIONS.size(); i++) {
            Shown copy = available(client, DESTINATIONS.get(i), copies.get(i));
            assertThat(copy.copied()).isTrue();
            assertThat(copy.status()).isEqualTo("Available");
            assertThat(copy.progress()).isEqualTo("100%");
            assertThat(copy.tags()).containsEntry("role", "金 *~<&>").containsEntry("by", name);
            assertThat(copy.snapshots()).hasSize(1);
        }
        assertFoundByTag(client, DESTINATIONS.getFirst(), copies.getFirst());
        assertErrors(client, golden, copies.getFirst());
        assertSharedUntilItIsNot(client, DESTINATIONS.getFirst(), copies.getFirst());
        assertDeletedInOrder(client, DESTINATIONS.getFirst(), copies.getFirst());
    }

    private static void assertFoundByTag(VendorClient client, String region, String image)
            throws Exception {
        String key = "checked-" + name(client);
        client.tag(region, image, key, "yes");
        assertThat(client.images(region, Filter.tagged(key)))
                .extracting(Shown::id)
                .containsExactly(image);
    }

    /// Of each status that the clients tell apart.
    private static void assertErrors(VendorClient client, String golden, String copy) {
        String name = name(client);
        String region = DESTINATIONS.getFirst();
        assertRefused(
                client,
                "InvalidImageName.Duplicated",
                () -> client.copy(copying(golden, region, name)));
        assertRefused(
                client,
                "InvalidImageName.Malformed",
                () -> client.copy(copying(golden, region, "http://x")));
        assertRefused(
                client,
                "InvalidImageId.NotFound",
                () -> client.copy(copying(UNKNOWN, region, name + "-none")));
        assertRefused(client, "IncorrectImageStatus", () -> client.cancel(region, copy));
        assertRefused(
                client,
                "InvalidRegionId.NotFound",
                () -> client.images("mars-north-1", Filter.image(copy)));
    }

    private static void assertSharedUntilItIsNot(VendorClient client, String region, String image)
            throws Exception {
        assertThat(client.sharedWith(region, image)).containsExactly(others);
        assertRefused(client, "ImageUseShared", () -> client.deleteImage(region, image));
        client.unshare(region, image, others);
        assertThat(client.sharedWith(region, image)).isEmpty();
    }

    private static void assertDeletedInOrder(VendorClient client, String region, String image)
            throws Exception {
        String snapshot = available(client, region, image).snapshots().getFirst();
        assertThat(client.snapshots(region)).contains(snapshot);
        assertRefused(client, "SnapshotCreatedImage", () -> client.deleteSnapshot(snapshot));
        client.deleteImage(region, image);
        assertThat(client.images(region, Filter.image(image).inAnyState())).isEmpty();
        client.deleteSnapshot(snapshot);
        assertThat(client.snapshots(region)).doesNotContain(snapshot);
    }

    /// A copy that was quicker than its cancel says so; then another is tried.
    @ParameterizedTest
    @MethodSource("clients")
    void aCancelledCopyLeavesNothing(VendorClient client) throws Exception {
        String region = "us-east-1";
        String name = name(client) + "-cancelled";
        String golden = client.importImage(name);
        available(client, RealServer.SOURCE, golden);
        for (int i = 0; i < TRIES; i++) {
            String copy = client.copy(copying(golden, region, name + i));
            Optional<Throwable> late =
                    Optional.ofNullable(catchThrowable(() -> client.cancel(region, copy)));
            if (late.isEmpty()) {
                assertThat(client.images(region, Filter.image(copy).inAnyState())).isEmpty();
                assertThat(client.copy(copying(golden, region, name + i))).isNotEqualTo(copy);
                return;
            }
            assertThat(client.told(late.get()).code()).isEqualTo("IncorrectImageStatus");
        }
        throw new AssertionError("each copy was quicker than its cancel");
    }

    @ParameterizedTest
    @MethodSource("withWrongSecret")
    void aWrongSecretIsCalledThat(VendorClient client) {
        Told told = client.told(catchThrowable(client::regions));
        assertThat(told.code())
                .isEqualTo(
                        client instanceof ClassicClient
                                ? "SDK.InvalidAccessKeySecret" // it has compared what both signed
                                : "SignatureDoesNotMatch");
    }

    static Stream<VendorClient> withWrongSecret() {
        return clients(server.accessKeyId(), "wrong");
    }

    @ParameterizedTest
    @MethodSource("withUnknownKey")
    void anUnknownKeyIsCalledThat(VendorClient client) {
        assertThat(client.told(catchThrowable(client::regions)).code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
    }

    static Stream<VendorClient> withUnknownKey() {
        return clients("LTAInobody", server.secret());
    }
}
