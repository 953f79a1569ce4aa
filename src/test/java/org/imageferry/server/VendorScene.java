package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import tools.jackson.databind.JsonNode;

/// A real server with all that clients can be refused for before a request does anything: a user who
/// may do nothing, an account that may send nothing, and a region without its store.
final class VendorScene implements AutoCloseable {
    static final String BROKEN = "us-east-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final RealServer server;
    private final String others;
    private final Key user;
    private final Key busy;

    record Key(String id, String secret) {}

    /// @param folder where nothing is yet
    VendorScene(Path folder, int diskBytes) throws Exception {
        Ground ground = Ground.usual();
        loseAStore(ground, folder.resolve("data"));
        this.server = new RealServer(folder, diskBytes, ground);
        this.others = account("others");
        server.wire().call(Call.own("CreateUser").with("UserName", "eve"));
        this.user = key(Call.own("CreateAccessKey").with("UserName", "eve"));
        String busyAccount = account("busy");
        this.busy = key(Call.own("CreateAccessKey").with("AccountId", busyAccount));
        server.wire()
                .call(
                        Call.own("ModifyAccount")
                                .with("AccountId", busyAccount)
                                .with("Quota.1.Name", "requests-per-second")
                                .with("Quota.1.Most", "0"));
        assertThat(server.wire().usage(BROKEN).status()).isNotEqualTo("available");
    }

    /// As if its disk had not been mounted at the server's second start.
    private static void loseAStore(Ground ground, Path data) throws Exception {
        try (ServerProcess first = ground.launch(data).ready()) {
            ground.awaitRegions(Wire.to(first.endpoint(), data));
            assertThat(first.terminate(PATIENCE)).as("the server's end").isPresent();
        }
        ground.lose(data, BROKEN);
    }

    private String account(String name) throws EcsFailure {
        Call create = Call.own("CreateAccount").with("AccountName", name);
        return server.wire().call(create).path("AccountId").asString();
    }

    private Key key(Call create) throws EcsFailure {
        JsonNode key = server.wire().call(create).path("AccessKey");
        return new Key(key.path("AccessKeyId").asString(), key.path("AccessKeySecret").asString());
    }

    RealServer server() {
        return server;
    }

    /// The first account's.
    Key key() {
        return new Key(server.accessKeyId(), server.secret());
    }

    /// The id of an account to share images with.
    String others() {
        return others;
    }

    /// A user without policies.
    Key user() {
        return user;
    }

    /// An account of whom no request is taken.
    Key busy() {
        return busy;
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
