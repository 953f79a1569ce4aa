package org.imageferry.ecs.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// Sends calls to a server, signed, and reads its answers. Any number of threads may call.
///
/// A call that may be repeated is, up to seven times within half a minute, when the server says that it
/// is unavailable for now or when the connection is lost; any call is that the server did not let
/// through because too many came, after the time that it asks for. A server that never answered before is not
/// waited for: most likely nobody has started it.
public final class EcsClient {
    /// Of a JSON answer; a page of DescribeImages has a tenth of a megabyte.
    private static final long MOST_ANSWER_BYTES = 64L << 20;

    /// However long a server wants to be left alone.
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final List<Duration> BACK_OFF =
            List.of(
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(4),
                    Duration.ofSeconds(8),
                    Duration.ofSeconds(8));

    private final Endpoint endpoint;
    private final Acs3Signer signer;
    private final HttpClient http;
    private final InstantSource clock;
    private final Supplier<String> nonces;
    private final Pause pause;
    private volatile boolean reached;

    /// @param http speaks HTTP/1.1 and follows no redirects
    /// @param nonces gives another text each time, also over restarts
    public EcsClient(
            Endpoint endpoint,
            Credentials credentials,
            HttpClient http,
            InstantSource clock,
            Supplier<String> nonces,
            Pause pause) {
        this.endpoint = endpoint;
        this.signer = new Acs3Signer(credentials);
        this.http = http;
        this.clock = clock;
        this.nonces = nonces;
        this.pause = pause;
    }

    /// @return the answer's JSON object
    /// @throws EcsFailure if the server refuses, or can't be asked
    public ObjectNode call(Call call) throws EcsFailure {
        return send(call).object();
    }

    Answer send(Call call) throws EcsFailure {
        for (Duration rest : BACK_OFF) {
            try {
                return once(call);
            } catch (EcsFailure failure) {
                if (!mayRepeat(call, failure)) {
                    throw failure;
                }
                pause.rest(longer(rest, failure.retryAfter()));
            }
        }
        return once(call);
    }

    /// What was throttled did nothing, so it can be sent again whatever it is.
    private boolean mayRepeat(Call call, EcsFailure failure) {
        return failure.throttled() || (call.repeatable() && worthRepeating(failure));
    }

    private static Duration longer(Duration rest, Duration asked) {
        Duration bounded = asked.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : asked;
        return bounded.compareTo(rest) > 0 ? bounded : rest;
    }

    private boolean worthRepeating(EcsFailure failure) {
        return failure.passing() || (reached && failure.code().equals(EcsFailure.UNREACHABLE));
    }

    private Answer once(Call call) throws EcsFailure {
        BodyHandler<byte[]> bounded =
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES);
        try {
            Answer answer = new Answer(http.send(signed(call), bounded));
            reached = true;
            return answer.good();
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw EcsFailure.unanswered(
                    EcsFailure.UNREACHABLE, "no server can be reached at " + endpoint, e);
        } catch (IOException e) {
            throw EcsFailure.unanswered(
                    EcsFailure.CONNECTION_LOST,
                    "the connection to " + endpoint + " was lost: " + e.getMessage(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EcsFailure.unanswered("Interrupted", "waiting for the answer was ended", e);
        }
    }

    private HttpRequest signed(Call call) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(endpoint.uri(call))
                        .timeout(LONGEST)
                        .method(call.method(), call.body().publisher())
                        .header("accept", "application/json")
                        .header("user-agent", "imageferry");
        if (!call.range().isEmpty()) {
            request.header("Range", call.range());
        }
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        signer.headers(call, endpoint.host(), now, nonces.get()).forEach(request::header);
        return request.build();
    }
}
