package org.imageferry.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class EcsServerTest {
    private final RecordingAction read = new RecordingAction("DescribeImages", false);

    @Test
    void aPortInUseIsToldWithTheAddressAndWhatToDo() {
        try (EdgeScene scene = EdgeScene.of(read);
                EcsServer second = server(scene.port())) {
            assertThatThrownBy(second::start)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + scene.port())
                    .hasMessageContaining("choose another address with --listen HOST:PORT");
        }
    }

    private static EcsServer server(int port) {
        return new EcsServer(
                InetSocketAddress.createUnresolved("127.0.0.1", port),
                List.of(),
                new Edge(() -> "ID", CallWatch.NONE),
                Duration.ZERO);
    }

    @Test
    void aPathThatNobodyServesIsAnErrorLikeAnyOther() {
        try (EdgeScene scene = EdgeScene.of(read)) {
            RawHttp.Reply reply =
                    raw(scene, "GET /nowhere HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n");

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("InvalidAction.NotFound");
            assertThat(reply.json().path("RequestId").asString()).isNotEmpty();
        }
    }

    @Test
    void headersOfAnyLengthAreRefusedInOurForm() {
        try (EdgeScene scene = EdgeScene.of(read)) {
            RawHttp.Reply fine =
                    raw(scene, "GET /?A=" + "x".repeat(10_000) + " HTTP/1.1\r\nhost: x\r\n");
            RawHttp.Reply reply =
                    raw(scene, "GET /?A=" + "x".repeat(70_000) + " HTTP/1.1\r\nhost: x\r\n");

            assertThat(fine.text()).contains("<Code>MissingAction</Code>");
            assertThat(reply.status()).isEqualTo(414);
            assertThat(reply.text()).contains("<Code>HttpError</Code>").contains("<RequestId>");
        }
    }

    @Test
    void whatIsNoHttpIsRefusedInOurForm() {
        try (EdgeScene scene = EdgeScene.of(read)) {
            RawHttp.Reply reply = raw(scene, "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n");

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("<Code>HttpError</Code>");
        }
    }

    @Test
    void aBodyThatEndsTooEarlyOrIsNoneIsTheSendersFault() {
        try (EdgeScene scene = EdgeScene.of(read)) {
            String post = "POST / HTTP/1.1\r\nhost: x\r\naccept: application/json\r\n";
            RawHttp.Reply early = send(scene, post + "content-length: 100\r\n\r\nRegionId=");
            RawHttp.Reply none =
                    send(scene, post + "transfer-encoding: chunked\r\n\r\nxyz\r\n\r\n");

            assertThat(early.status()).isEqualTo(400);
            assertThat(early.code()).isEqualTo("HttpError");
            assertThat(none.status()).isEqualTo(400);
            assertThat(none.code()).isEqualTo("HttpError");
        }
    }

    private static RawHttp.Reply raw(EdgeScene scene, String head) {
        return send(scene, head + "connection: close\r\n\r\n");
    }

    private static RawHttp.Reply send(EdgeScene scene, String request) {
        return RawHttp.send(scene.port(), request.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void aRequestUnderWayIsAnsweredBeforeTheServerStops() {
        EdgeScene scene = EdgeScene.of(read);
        int port = scene.port(); // has none any more once it stops
        CompletableFuture<Boolean> stopped = new CompletableFuture<>();
        read.answer =
                () -> {
                    Thread.ofVirtual()
                            .start(() -> {
                                scene.close();
                                stopped.complete(true);
                            });
                    waitUntilNobodyListens(port);
                    return JsonNodeFactory.instance.objectNode();
                };

        assertThat(scene.client().rpc("DescribeImages").status()).isEqualTo(200);
        assertThat(stopped.join()).isTrue();
    }

    private static void waitUntilNobodyListens(int port) {
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                Thread.onSpinWait();
            } catch (IOException _) {
                return;
            }
        }
    }
}
