package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.imageferry.ecs.client.Call;
import org.imageferry.server.VendorClient.Copying;
import org.imageferry.server.VendorClient.Filter;
import org.imageferry.server.VendorClient.Shown;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The vendor's clients for Java, unchanged, and one that speaks XML, walk through the life of images
/// on the real server, with real bytes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VendorClientsTest {
    private static final int DISK_BYTES = 48 << 20;
    private static final List<String> DESTINATIONS =
            List.of("cn-shanghai", "cn-beijing", "eu-central-1");
    private static final String UNKNOWN = "m-00000000000000000000";
    private static final String NO_SNAPSHOT = "s-00000000000000000000";

    /// A copy of the disk into it takes half a minute: enough time to cancel it.
    private static final String SLOW = "us-east-1";

    private RealServer server;
    private String others;

    Ground ground() {
        return Ground.usual();
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        server = new RealServer(folder, DISK_BYTES, ground().slow(SLOW));
        Call create = Call.own("CreateAccount").with("AccountName", "others");
        others = server.wire().call(create).path("AccountId").asString();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    Stream<VendorClient> clients() {
        return VendorClient.all(server, server.accessKeyId(), server.secret());
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
        client.assertRefused(
                "InvalidImageName.Duplicated", () -> client.copy(copying(golden, region, name)));
        client.assertRefused(
                "InvalidImageName.Malformed",
                () -> client.copy(copying(golden, region, "http://x")));
        client.assertRefused(
                "InvalidImageId.NotFound",
                () -> client.copy(copying(UNKNOWN, region, name + "-none")));
        client.assertRefused("IncorrectImageStatus", () -> client.cancel(region, copy));
        client.assertRefused(
                "InvalidRegionId.NotFound",
                () -> client.images("mars-north-1", Filter.image(copy)));
    }

    private void assertSharedUntilItIsNot(VendorClient client, String region, String image)
            throws Exception {
        assertThat(client.sharedWith(region, image)).containsExactly(others);
        client.assertRefused("ImageUseShared", () -> client.deleteImage(region, image));
        client.unshare(region, image, others);
        assertThat(client.sharedWith(region, image)).isEmpty();
    }

    private static void assertDeletedInOrder(VendorClient client, String region, String image)
            throws Exception {
        String snapshot = available(client, region, image).snapshots().getFirst();
        assertThat(client.snapshots(region)).containsEntry(snapshot, "accomplished");
        client.assertRefused("SnapshotCreatedImage", () -> client.deleteSnapshot(snapshot));
        client.deleteImage(region, image);
        assertThat(client.images(region, Filter.image(image).inAnyState())).isEmpty();
        client.deleteSnapshot(snapshot);
        assertThat(client.snapshots(region)).doesNotContainKey(snapshot);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aCancelledCopyLeavesNothing(VendorClient client) throws Exception {
        String name = name(client) + "-cancelled";
        String golden = client.importImage(name);
        available(client, RealServer.SOURCE, golden);
        String copy = client.copy(copying(golden, SLOW, name));
        client.cancel(SLOW, copy);
        assertThat(client.images(SLOW, Filter.image(copy).inAnyState())).isEmpty();
        String again = client.copy(copying(golden, SLOW, name));
        assertThat(again).isNotEqualTo(copy);
        client.cancel(SLOW, again);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aCopyOfASnapshotBecomesAnImage(VendorClient client) throws Exception {
        String region = DESTINATIONS.getLast();
        String name = name(client) + "-of-snapshot";
        Shown golden = available(client, RealServer.SOURCE, client.importImage(name));
        String snapshot = golden.snapshots().getFirst();
        String copy = client.copySnapshot(snapshot, region, name);
        Patience.until(
                copy + " in " + region,
                () -> "accomplished".equals(client.snapshots(region).get(copy)));
        String made = client.createImage(region, copy, name);
        assertThat(client.images(region, Filter.image(made)))
                .containsExactly(
                        new Shown(made, name, "Available", "100%", false, Map.of(), List.of(copy)));
        assertSnapshotErrors(client, snapshot, copy);
        client.deleteImage(region, made);
        client.deleteSnapshot(copy);
        assertThat(client.snapshots(region)).doesNotContainKey(copy);
    }

    /// @param copy of which there is an image
    private static void assertSnapshotErrors(VendorClient client, String snapshot, String copy) {
        String region = DESTINATIONS.getLast();
        String name = name(client) + "-of-snapshot";
        client.assertRefused(
                "InvalidImageName.Duplicated", () -> client.createImage(region, copy, name));
        client.assertRefused(
                "InvalidSnapshotId.NotFound",
                () -> client.createImage(region, snapshot, name + "-elsewhere"));
        client.assertRefused(
                "InvalidSnapshotId.NotFound", () -> client.copySnapshot(NO_SNAPSHOT, region, name));
        client.assertRefused(
                "InvalidOperation.NotSupportCopyInSameRegion",
                () -> client.copySnapshot(snapshot, RealServer.SOURCE, name));
        client.assertRefused(
                "InvalidRegionId.NotFound",
                () -> client.copySnapshot(snapshot, "mars-north-1", name));
        client.assertRefused("SnapshotCreatedImage", () -> client.deleteSnapshot(copy));
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aDryRunIsAnErrorAndDoesNothing(VendorClient client) throws Exception {
        String region = DESTINATIONS.getFirst();
        String name = name(client) + "-dry";
        String golden = client.importImage(name);
        available(client, RealServer.SOURCE, golden);
        Copying wanted = new Copying(golden, region, name, Map.of("dry", name));
        client.assertRefused("DryRunOperation", () -> client.tryCopy(wanted));
        client.assertRefused("DryRunOperation", () -> client.tryImages(region));
        assertThat(client.images(region, Filter.tagged("dry").inAnyState())).isEmpty();
        client.assertRefused(
                "InvalidImageId.NotFound", () -> client.tryCopy(copying(UNKNOWN, region, name)));
    }
}
