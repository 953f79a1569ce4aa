package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.kms.local.MasterKeyFile;
import org.imageferry.store.s3.TestBucket;

/// Nodes over one PostgreSQL, with two regions in folders that they share and one in a bucket. They start
/// together, on a database without tables.
final class Fleet implements Served, AutoCloseable {
    static final List<String> REGIONS = List.of("cn-hangzhou", "cn-shanghai", "eu-central-1");

    private static final Credentials CREDENTIALS =
            new Credentials("LTAIfleet", "of-all-nodes-and-of-the-test");
    private static final int UNANSWERED = 0;
    private static final int UNAVAILABLE = 503;

    private final Path folder;
    private final Random random;
    private final PostgresAddress catalog = TestPostgres.empty();
    private final TestBucket bucket = TestBucket.make();
    private final List<FleetNode> nodes = new ArrayList<>();

    /// @param random chooses who is asked
    Fleet(Path folder, int nodes, Random random) throws Exception {
        this.folder = folder;
        this.random = random;
        Files.createDirectories(buckets());
        Path key = folder.resolve("master.key");
        MasterKeyFile.openOrCreate(key, new SecureRandom());
        for (int number = 1; number <= nodes; number++) {
            this.nodes.add(node(number, key));
        }
        for (FleetNode node : this.nodes) {
            node.ready();
        }
        for (FleetNode node : this.nodes) {
            Patience.until("regions of all nodes", () -> seesAll(node.wire()));
        }
    }

    private FleetNode node(int number, Path key) throws IOException {
        Path data = Files.createDirectories(folder.resolve("node-" + number));
        Files.copy(key, data.resolve("master.key"));
        Cable database = new Cable(catalog.hosts().getFirst().port());
        Cable storage = new Cable(bucket.place().endpoint().orElseThrow().getPort());
        return new FleetNode(
                data,
                Files.writeString(
                        folder.resolve("node-" + number + ".yaml"),
                        settings(database.port(), storage.port())),
                CREDENTIALS,
                Map.of(
                        "ALIBABA_CLOUD_ACCESS_KEY_ID", CREDENTIALS.accessKeyId(),
                        "ALIBABA_CLOUD_ACCESS_KEY_SECRET", CREDENTIALS.secret(),
                        "FERRY_KEY", bucket.keys().accessKeyId(),
                        "FERRY_SECRET", bucket.keys().secret()),
                database,
                storage);
    }

    /// Claims are short, so that who stands still for some seconds loses them.
    ///
    /// @param database the port by which it is reached
    /// @param storage the port by which the object storage is reached
    private String settings(int database, int storage) {
        return """
        catalog: %s
        claim-for: 5s
        buckets: %s
        regions:
          - id: cn-hangzhou
            folder: %s
          - id: cn-shanghai
            folder: %s
            bandwidth-mib: 40
            running-copies: 2
          - id: eu-central-1
            bandwidth-mib: 40
            s3:
              endpoint: http://127.0.0.1:%d
              bucket: %s
              prefix: ferry/
              access-key-env: FERRY_KEY
              secret-key-env: FERRY_SECRET
        collector:
          grace: 1m
          every: 2s
        """
                .formatted(
                        TestPostgres.at(database, catalog),
                        buckets(),
                        store("cn-hangzhou"),
                        store("cn-shanghai"),
                        storage,
                        bucket.name());
    }

    private static boolean seesAll(Wire wire) throws EcsFailure {
        for (String region : REGIONS) {
            if (!wire.usage(region).status().equals("available")) {
                return false;
            }
        }
        return true;
    }

    private Path store(String region) {
        return folder.resolve("shared").resolve(region);
    }

    List<FleetNode> nodes() {
        return nodes;
    }

    /// As JDBC has it.
    String catalog() {
        return TestPostgres.url(catalog);
    }

    @Override
    public List<String> regions() {
        return REGIONS;
    }

    @Override
    public Wire wire() {
        List<FleetNode> well = nodes.stream().filter(FleetNode::well).toList();
        return well.get(random.nextInt(well.size())).wire();
    }

    @Override
    public boolean alive() {
        return true;
    }

    @Override
    public boolean leavesOpen(EcsFailure failure) {
        return failure.status() == UNANSWERED || failure.status() == UNAVAILABLE;
    }

    @Override
    public Path buckets() {
        return folder.resolve("shared").resolve("buckets");
    }

    @Override
    public long objects(String region) throws IOException {
        return region.equals("eu-central-1")
                ? Stream.of("ferry/segments/", "ferry/manifests/")
                        .mapToLong(prefix -> bucket.keys(prefix).count())
                        .sum()
                : KillScene.objects(store(region));
    }

    /// A node that is well, which it is no more; as long as another one stays so.
    synchronized Optional<FleetNode> takeOne(Random choice) {
        List<FleetNode> well = nodes.stream().filter(FleetNode::well).toList();
        if (well.size() < 2) {
            return Optional.empty();
        }
        FleetNode taken = well.get(choice.nextInt(well.size()));
        taken.setWell(false);
        return Optional.of(taken);
    }

    /// How often anybody logged this.
    long logged(String message) {
        return lives().mapToLong(life -> life.logged(message).count()).sum();
    }

    Stream<ServerProcess> lives() {
        return nodes.stream().flatMap(node -> node.lives().stream());
    }

    /// The end of each node's log.
    String logs() {
        return nodes.stream()
                .map(node -> {
                    List<String> log = node.process().log();
                    return String.join("\n", log.subList(Math.max(0, log.size() - 60), log.size()));
                })
                .collect(Collectors.joining("\n\n"));
    }

    @Override
    public void close() throws Exception {
        for (FleetNode node : nodes) {
            node.close();
        }
        bucket.close();
        TestPostgres.drop(catalog);
    }
}
