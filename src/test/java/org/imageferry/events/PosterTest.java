package org.imageferry.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.imageferry.domain.WebhookUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PosterTest {
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final List<String> asked = new ArrayList<>();

    private Outside outside(boolean privateAddresses, InetAddress... addresses) {
        return new Outside(
                privateAddresses,
                host -> {
                    asked.add(host);
                    return addresses.length == 0
                            ? List.of(InetAddress.getAllByName(host))
                            : List.of(addresses);
                },
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                InstantSource.system());
    }

    private int post(String url) throws IOException {
        return post(new Poster(outside(true)), url);
    }

    private static int post(Poster poster, String url) throws IOException {
        return poster.post(new WebhookUrl(url), Map.of("webhook-id", "e-1"), BODY);
    }

    private static String failure(Poster poster, String url) {
        List<String> messages = new ArrayList<>();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> post(poster, url))
                .satisfies(e -> messages.add(String.valueOf(e.getMessage())));
        return messages.getFirst();
    }

    private String failure(String url) {
        return failure(new Poster(outside(true), SHORT), url);
    }

    @Test
    void aPostHasItsHeadersAndItsBody() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(204)) {
            assertThat(post(server.url() + "/a%20b?token=x")).isEqualTo(204);
            assertThat(server.requests())
                    .containsExactly(
                            """
                            POST /hook/a%%20b?token=x HTTP/1.1\r
                            host: 127.0.0.1:%d\r
                            webhook-id: e-1\r
                            content-length: 2\r
                            connection: close\r
                            \r
                            {}\
                            """
                                    .formatted(server.port()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 299, 400, 404, 410, 500, 503})
    void theAnswersStatusIsTold(int status) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(status)) {
            assertThat(post(server.url())).isEqualTo(status);
        }
    }

    @Test
    void aRedirectIsNotFollowed() throws IOException {
        try (ScriptedServer other = ScriptedServer.answering(200);
                ScriptedServer server =
                        ScriptedServer.saying(
                                "HTTP/1.1 307 There\r\nlocation: " + other.url() + "\r\n\r\n")) {
            assertThat(post(server.url())).isEqualTo(307);
            assertThat(other.requests()).isEmpty();
        }
    }

    @Test
    void interimAnswersAreNotTheAnswer() throws IOException {
        String answer =
                "HTTP/1.1 103 Early\r\nlink: x\r\n\r\nHTTP/1.1 102 Yes\r\n\r\nHTTP/1.0 202 OK\r\n";
        try (ScriptedServer server = ScriptedServer.saying(answer)) {
            assertThat(post(server.url())).isEqualTo(202);
        }
        try (ScriptedServer server = ScriptedServer.saying("HTTP/1.1 100 Go\r\n\r\n".repeat(50))) {
            assertThat(failure(server.url())).contains("not HTTP/1.1");
        }
    }

    @Test
    void aBodyWithoutEndIsNotRead() throws IOException {
        byte[] block = new byte[1 << 16];
        try (ScriptedServer server =
                new ScriptedServer(out -> {
                    out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(block);
                    }
                })) {
            assertThat(post(server.url())).isEqualTo(200);
        }
    }

    @Test
    void aHeadWithoutEndIsNotReadToTheEnd() throws IOException {
        byte[] block = "x".repeat(1 << 14).getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server =
                new ScriptedServer(out -> {
                    while (true) {
                        out.write(block);
                    }
                })) {
            assertThat(failure(new Poster(outside(true)), server.url())).contains("too long");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.2\r\n", "HTTP/2 200\r\n", "HTTP/1.1 99 x\r\n"})
    void whatIsNotHttpIsNoAnswer(String answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.saying(answer)) {
            assertThat(failure(server.url())).contains("not HTTP/1.1");
        }
    }

    @Test
    void aConnectionThatEndsIsNoAnswer() throws IOException {
        try (ScriptedServer server = ScriptedServer.saying("")) {
            assertThat(failure(server.url())).isEqualTo("it gave no answer");
        }
    }

    @Test
    void whoDoesNotAnswerIsNotWaitedForForever() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(_ -> never.await())) {
            assertThat(failure(server.url())).contains("no answer within");
        }
    }

    /// Each byte comes before any timeout of a single read.
    @Test
    void whoAnswersByteByByteIsNotWaitedForEither() throws IOException {
        try (ScriptedServer server =
                new ScriptedServer(out -> {
                    while (true) {
                        out.write('H');
                        out.flush();
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                })) {
            assertThat(failure(server.url())).contains("no answer within");
        }
    }

    @Test
    void whereNobodyListensIsSaid() throws IOException {
        String url;
        try (ScriptedServer server = ScriptedServer.answering(200)) {
            url = server.url();
        }
        assertThat(failure(url)).contains("refused");
    }

    @Test
    void aHostThatThereIsNotIsSaid() {
        Outside nowhere =
                new Outside(
                        true,
                        host -> {
                            throw new UnknownHostException(host);
                        },
                        (SSLSocketFactory) SSLSocketFactory.getDefault(),
                        InstantSource.system());
        assertThat(failure(new Poster(nowhere), "https://nowhere.example/"))
                .isEqualTo("there is no host nowhere.example");
    }

    @Test
    void anAddressThatIsNotPublicIsNotConnectedTo() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200)) {
            Poster poster = new Poster(outside(false, InetAddress.getLoopbackAddress()));
            String url = "https://innocent.example:" + server.port() + "/";
            assertThat(failure(poster, url)).contains("innocent.example has no public address");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void plainHttpIsNotSpokenUnlessItIsAllowed() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200)) {
            assertThat(failure(new Poster(outside(false)), server.url())).contains("plain HTTP");
            assertThat(server.requests()).isEmpty();
        }
    }

    /// A name is asked about once, and what it led to then is connected to, wherever it leads later.
    @Test
    void aNameThatIsReboundMeanwhileLeadsNowhereElse() throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(200)) {
            Poster poster = new Poster(outside(true, InetAddress.ofLiteral("127.0.0.1")));
            String url = "http://rebound.example:" + server.port() + "/";
            assertThat(post(poster, url)).isEqualTo(200);
            assertThat(asked).containsExactly("rebound.example");
            assertThat(server.requests().getFirst())
                    .contains("host: rebound.example:" + server.port());
        }
    }
}
