package org.imageferry.ecs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.imageferry.access.Credential;
import org.imageferry.access.Keys;
import org.imageferry.access.Principal;
import org.imageferry.access.Rights;
import org.imageferry.access.Secret;
import org.imageferry.domain.Account;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.AccountName;
import org.imageferry.domain.Quota;

/// A server at a fixed time with two accounts, and clients of it.
///
/// Keys: `testid` with `testsecret` (account 1…1), `other` with `othersecret` (account 2…2), and
/// `asleep` with `asleepsecret`, which is not active. Request ids count upwards.
public final class EdgeScene implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-22T01:09:36Z");
    public static final AccountId ACCOUNT = new AccountId("1111111111111111");
    public static final AccountId OTHER = new AccountId("2222222222222222");

    private final SettableClock clock;
    private final AtomicInteger requests = new AtomicInteger();
    private final EcsServer server;

    /// What handlers are made of.
    public record Parts(Edge edge, Authentication authentication, Replays replays, Gate gate) {}

    public EdgeScene(SettableClock clock, Function<Parts, List<Handler>> handlers) {
        this(clock, (id, _) -> key(id), handlers);
    }

    /// With other keys than the three.
    public EdgeScene(SettableClock clock, Keys keys, Function<Parts, List<Handler>> handlers) {
        this.clock = clock;
        Edge edge =
                new Edge(
                        () -> "00000000-0000-4000-8000-%012X".formatted(requests.incrementAndGet()),
                        CallWatch.NONE);
        Parts parts =
                new Parts(
                        edge,
                        new Authentication(keys, clock),
                        new Replays(clock, new Random(1)),
                        new Gate(new Throttle(clock)));
        server =
                new EcsServer(
                        InetSocketAddress.createUnresolved("127.0.0.1", 0),
                        handlers.apply(parts),
                        edge,
                        Duration.ofSeconds(5));
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static EdgeScene of(Action... actions) {
        return new EdgeScene(
                new SettableClock(NOW),
                parts -> List.of(handler(parts, new Actions(List.of(actions)))));
    }

    public static Handler handler(Parts parts, Actions actions) {
        return new EcsHandler(
                parts.edge(),
                parts.authentication(),
                new Desk(parts.replays(), parts.gate(), actions));
    }

    private static Optional<Credential> key(String id) {
        return switch (id) {
            case "testid" -> credential(ACCOUNT, id, "testsecret", Credential.Standing.GOOD);
            case "other" -> credential(OTHER, id, "othersecret", Credential.Standing.GOOD);
            case "asleep" -> credential(ACCOUNT, id, "asleepsecret", Credential.Standing.INACTIVE);
            default -> Optional.empty();
        };
    }

    private static Optional<Credential> credential(
            AccountId account, String id, String secret, Credential.Standing standing) {
        Principal principal = principal(account, id, Rights.UNLIMITED);
        return Optional.of(new Credential(principal, new Secret(secret), standing));
    }

    /// The account's own, of an administrator that is called `name of ID`.
    static Principal principal(AccountId account, String accessKey, Rights rights) {
        AccountName name = new AccountName("name of " + account);
        return new Principal(
                Account.of(account, name, NOW).withAdministrator(true),
                Optional.empty(),
                rights,
                accessKey,
                Optional.empty(),
                Quota.REQUESTS_PER_SECOND.preset());
    }

    public void pass(Duration time) {
        clock.set(clock.instant().plus(time));
    }

    public void set(Instant time) {
        clock.set(time);
    }

    public int port() {
        return server.port();
    }

    /// A client with the first account's key and the server's time.
    public Sender client() {
        return new Sender(port(), clock.instant());
    }

    @Override
    public void close() {
        server.close();
    }
}
