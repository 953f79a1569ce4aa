package org.imageferry.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.imageferry.domain.RegionId;
import org.imageferry.settings.StartException;
import org.imageferry.settings.StoreSettings;
import org.imageferry.store.RegionStore;
import org.imageferry.store.Timing;
import org.imageferry.store.s3.ParallelReads;
import org.imageferry.store.s3.S3Connection;
import org.imageferry.store.s3.S3Counts;
import org.imageferry.store.s3.S3Limits;
import org.imageferry.store.s3.S3Login;
import org.imageferry.store.s3.S3Operation;
import org.imageferry.store.s3.S3Place;
import org.imageferry.store.s3.S3RegionStore;
import org.imageferry.store.s3.S3Watch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Connects to object storage as the settings have it, and closes all that it connected.
final class S3Connections implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(S3Connections.class);

    private final Map<String, String> environment;
    private final Timing timing;
    private final Function<RegionId, S3Watch> watch;
    private final List<S3Connection> connections = new ArrayList<>();

    /// Those that nobody watches.
    S3Connections(Map<String, String> environment, Timing timing) {
        this(environment, timing, _ -> S3Watch.NONE);
    }

    /// @param environment where the keys of buckets are
    /// @param watch who is told of the requests for a region
    S3Connections(
            Map<String, String> environment, Timing timing, Function<RegionId, S3Watch> watch) {
        this.environment = environment;
        this.timing = timing;
        this.watch = watch;
    }

    /// The region's store.
    RegionStore store(RegionId region, StoreSettings.S3 settings) throws StartException {
        return new S3RegionStore(
                connect(region, settings, settings.place()),
                new ParallelReads(Thread::startVirtualThread));
    }

    S3Connection connect(RegionId region, StoreSettings.S3 settings, S3Place place)
            throws StartException {
        S3Connection connection =
                new S3Connection(
                        place,
                        login(region, settings),
                        S3Limits.USUAL.with(settings.requests()),
                        timing,
                        watch.apply(region));
        connections.add(connection);
        return connection;
    }

    private S3Login login(RegionId region, StoreSettings.S3 settings) throws StartException {
        if (settings.keys().isEmpty()) {
            return new S3Login.Found();
        }
        StoreSettings.KeyVariables names = settings.keys().get();
        return new S3Login.Keys(
                variable(region, "access-key-env", names.accessKey()),
                variable(region, "secret-key-env", names.secretKey()));
    }

    private String variable(RegionId region, String key, String name) throws StartException {
        String value = environment.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new StartException(
                    "the environment variable %s is not set, and '%s' of region %s names it: set it, or correct the settings"
                            .formatted(name, key, region));
        }
        return value;
    }

    /// Says what was asked of each server, since that is what they are paid for.
    @Override
    public void close() {
        for (S3Connection connection : connections) {
            S3Counts counts = connection.counts();
            LOG.atInfo()
                    .addKeyValue("store", connection.place())
                    .addKeyValue("put", counts.requests(S3Operation.PUT))
                    .addKeyValue("get", counts.requests(S3Operation.GET))
                    .addKeyValue("head", counts.requests(S3Operation.HEAD))
                    .addKeyValue("list", counts.requests(S3Operation.LIST))
                    .addKeyValue("delete", counts.requests(S3Operation.DELETE))
                    .addKeyValue("post", counts.requests(S3Operation.POST))
                    .addKeyValue("bytes", counts.bytes())
                    .log("requests to S3");
            connection.close();
        }
    }
}
