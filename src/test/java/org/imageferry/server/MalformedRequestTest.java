package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.imageferry.ecs.client.Call;
import org.imageferry.ecs.client.EcsFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a stranger sends, the answer is no 5xx, and the server goes on. Whatever a customer sends,
/// the answer says what was wrong.
final class MalformedRequestTest {
    private static final int NO_ANSWER = 0;

    @TempDir private static Path folder;
    private static ServerProcess server;
    private static Wire wire;

    @BeforeAll
    static void start() throws Exception {
        server = ServerProcess.launch(folder).ready();
        wire = Wire.to(server.endpoint(), folder);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        server.close();
    }

    @AfterEach
    void theServerGoesOn() throws EcsFailure {
        assertThat(wire.images("cn-hangzhou")).isEmpty();
        assertThat(server.log()).as("faults of ours").noneMatch(line -> line.contains(" ERROR "));
    }

    @ParameterizedTest
    @MethodSource("org.imageferry.server.MalformedRequests#all")
    void isNoFaultOfOurs(String request) throws Exception {
        assertThat(statusOf(request.getBytes(StandardCharsets.ISO_8859_1)))
                .as(request.substring(0, Math.min(200, request.length())))
                .satisfiesAnyOf(
                        status -> assertThat(status).isBetween(400, 499),
                        status -> assertThat(status).isIn(NO_ANSWER, 100, 505));
    }

    @Test
    void neitherAreRandomBytes() throws Exception {
        Random random = new Random(1);
        byte[] good =
                ("POST /?Action=DescribeImages&Version=2014-05-26&RegionId=cn-hangzhou HTTP/1.1\r\n"
                                + MalformedRequests.HOST
                                + "Content-Type: application/x-www-form-urlencoded\r\n"
                                + MalformedRequests.withLength("Format=JSON&SignatureNonce=1"))
                        .getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < 200; i++) {
            byte[] bad = good.clone();
            for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            assertThat(statusOf(Arrays.copyOf(bad, 1 + random.nextInt(bad.length))))
                    .as(new String(bad, StandardCharsets.ISO_8859_1))
                    .satisfiesAnyOf(
                            status -> assertThat(status).isBetween(400, 499),
                            status -> assertThat(status).isIn(NO_ANSWER, 100, 505));
        }
    }

    /// Sends it, and hears what comes back before the server closes.
    ///
    /// @return 0 if it is closed without a word
    private static int statusOf(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            try (OutputStream out = socket.getOutputStream()) {
                out.write(request);
                out.flush();
                socket.shutdownOutput();
                String answer =
                        new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return answer.isEmpty() ? NO_ANSWER : Integer.parseInt(answer.split("[ \r]", 3)[1]);
            } catch (SocketException e) {
                return NO_ANSWER; // it closed while we were still talking
            }
        }
    }

    static Stream<Call> calls() {
        Call describe = Call.ecs("DescribeImages").with("RegionId", "cn-hangzhou");
        Call copy = Wire.copying("cn-hangzhou", "m-nothing", "cn-shanghai", "a-copy");
        List<String> strange =
                List.of(
                        "\0",
                        "a\nb",
                        "../../etc",
                        "'; drop table image; --",
                        "\ud83d\ude00",
                        "x".repeat(10_000),
                        "%00",
                        "-1",
                        "99999999999999999999",
                        "NaN",
                        " ");
        return strange.stream()
                .flatMap(text ->
                        Stream.of(
                                describe.with("RegionId", text),
                                describe.with("PageSize", text),
                                describe.with("PageNumber", text),
                                copy.with("ImageId", text),
                                copy.with("DestinationRegionId", text),
                                copy.with("DestinationImageName", text),
                                copy.with("ClientToken", text),
                                copy.with("Tag.1.Key", text),
                                copy.with("Encrypted", text),
                                Call.ecs(text),
                                Call.own(text),
                                Call.ecs("DescribeTaskAttribute")
                                        .with("RegionId", "cn-hangzhou")
                                        .with("TaskId", text),
                                Call.ecs("DeleteSnapshot").with("SnapshotId", text)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aSignedCallIsAnsweredOrRefusedWithAReason(Call call) {
        try {
            assertThat(wire.call(call).path("RequestId").asString()).isNotEmpty();
        } catch (EcsFailure e) {
            assertThat(e.status()).as(e.code() + ": " + e.reason()).isBetween(400, 499);
            assertThat(e.code()).isNotBlank();
            assertThat(e.reason()).isNotBlank();
        } catch (IllegalArgumentException e) {
            assertThat(call.action()).as("can't be a header").containsPattern("[^ -~]");
        }
    }
}
