package org.imageferry.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.imageferry.catalog.jdbc.PostgresAddress;
import org.imageferry.catalog.jdbc.TestPostgres;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.store.s3.TestBucket;

/// What the real server of a test stands on: its data folder alone or, with
/// `-Dimageferry.test.catalog=postgresql` and `-Dimageferry.test.store=s3`, a database and a bucket. Where
/// disk images come from is in the data folder always.
///
/// @param catalog the database, if the catalog is not in the data folder
/// @param bucket that has all regions, if their folders do not
/// @param slowest a region into which 2 MiB go in a second
record Ground(
        Optional<PostgresAddress> catalog, Optional<TestBucket> bucket, Optional<String> slowest)
        implements AutoCloseable {
    /// Those that a server has without settings.
    private static final List<String> REGIONS =
            List.of(
                    "cn-hangzhou",
                    "cn-shanghai",
                    "cn-beijing",
                    "cn-hongkong",
                    "ap-southeast-1",
                    "eu-central-1",
                    "us-east-1");

    private static final String UNASKED = "has not answered yet";

    /// As this run of the tests has it.
    static Ground usual() {
        return of(
                "postgresql".equals(System.getProperty("imageferry.test.catalog")),
                "s3".equals(System.getProperty("imageferry.test.store")));
    }

    /// The data folder, whatever this run of the tests has.
    static Ground folder() {
        return of(false, false);
    }

    /// PostgreSQL and a bucket, whatever this run of the tests has.
    static Ground shared() {
        return of(true, true);
    }

    private static Ground of(boolean postgres, boolean s3) {
        return new Ground(
                postgres ? Optional.of(TestPostgres.empty()) : Optional.empty(),
                s3 ? Optional.of(TestBucket.make()) : Optional.empty(),
                Optional.empty());
    }

    /// The same, with a region into which copies take their time.
    Ground slow(String region) {
        return new Ground(catalog, bucket, Optional.of(region));
    }

    /// @param data where nothing is yet, or a data folder that stands on this ground
    /// @param options of `imageferry serve`
    ServerProcess launch(Path data, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of(options));
        String settings = settings();
        if (!settings.isEmpty()) {
            Path file = data.resolveSibling(data.getFileName() + ".yaml");
            all.addAll(List.of("--config", Files.writeString(file, settings).toString()));
        }
        return ServerProcess.launch(
                "127.0.0.1:0", data, variables(), List.of(), all.toArray(String[]::new));
    }

    private String settings() {
        boolean usual = bucket.isEmpty() && slowest.isEmpty();
        return catalog.map("catalog: %s\n"::formatted).orElse("")
                + (usual ? "" : "regions:\n")
                + (usual ? Stream.<String>of() : REGIONS.stream())
                        .map(this::region)
                        .collect(Collectors.joining());
    }

    private String region(String region) {
        return "  - id: "
                + region
                + "\n"
                + slowest.filter(region::equals).map(_ -> "    bandwidth-mib: 2\n").orElse("")
                + bucket.map(in -> store(region, in)).orElse("");
    }

    private static String store(String region, TestBucket in) {
        return """
            s3:
              endpoint: %s
              bucket: %s
              prefix: %s
              access-key-env: FERRY_KEY
              secret-key-env: FERRY_SECRET
        """
                .formatted(in.place().endpoint().orElseThrow(), in.name(), prefix(region));
    }

    private static String prefix(String region) {
        return "ferry/" + region + "/";
    }

    private Map<String, String> variables() {
        return bucket.map(TestBucket::keys)
                .map(keys -> Map.of("FERRY_KEY", keys.accessKeyId(), "FERRY_SECRET", keys.secret()))
                .orElse(Map.of());
    }

    /// Waits until the server has asked each store what it is.
    void awaitRegions(Wire wire) throws Exception {
        for (String region : REGIONS) {
            Patience.until("the store of " + region, () -> hasAnswered(wire, region));
        }
    }

    private boolean hasAnswered(Wire wire, String region) throws EcsFailure {
        return bucket.isEmpty() || !wire.usage(region).status().contains(UNASKED);
    }

    /// As if the store's disk were not mounted, or its bucket another one.
    void lose(Path data, String region) throws IOException {
        if (bucket.isPresent()) {
            bucket.get().keys(prefix(region)).toList().forEach(bucket.get()::delete);
            return;
        }
        Path store = data.resolve("regions").resolve(region);
        Files.move(store, data.resolveSibling(region + "-away"));
        Files.createDirectory(store);
    }

    /// The catalog's JDBC URL.
    String url(Path data) {
        return catalog.map(TestPostgres::url).orElse("jdbc:sqlite:" + data.resolve("catalog.db"));
    }

    /// When no server stands on it any more.
    @Override
    public void close() {
        catalog.ifPresent(TestPostgres::drop);
        bucket.ifPresent(TestBucket::close);
    }
}
