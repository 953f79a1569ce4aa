package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.imageferry.ecs.RawHttp;
import org.imageferry.ecs.Sender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that somebody else made, changed or sends again, to the real server.
class SignaturesTest {
    private static final String VERSION = "2014-05-26";
    private static final String ACTION = "DescribeImages";
    private static final String QUERY = "RegionId=cn-hangzhou";

    @TempDir private static Path folder;
    private static RealServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new RealServer(folder, 1 << 20, Ground.usual());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static Sender sender() {
        return new Sender(server.process().port(), Instant.now())
                .as(server.accessKeyId(), server.secret());
    }

    private static RawHttp.Reply older(Map<String, String> parameters) {
        return sender().send(
                        "GET",
                        "/?" + Sender.query(new TreeMap<>(parameters)),
                        Map.of(),
                        new byte[0]);
    }

    private static SortedMap<String, String> olderSigned() {
        return sender().signed(ACTION, Sender.nonce(), "RegionId", "cn-hangzhou");
    }

    private static SortedMap<String, String> newerSigned(byte[] body) {
        return sender().headers("POST", "/", VERSION, ACTION, QUERY, body);
    }

    private static RawHttp.Reply newer(Map<String, String> headers, String query, byte[] body) {
        return sender().send("POST", "/?" + query, headers, body);
    }

    private static void assertRefused(RawHttp.Reply reply, int status, String code) {
        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.status()).isEqualTo(status);
    }

    private static void assertNotSigned(RawHttp.Reply reply) {
        assertRefused(reply, 400, "SignatureDoesNotMatch");
        assertThat(reply.message())
                .startsWith("Specified signature is not matched with our calculation.")
                .contains("server string to sign is:");
    }

    @Test
    void whatIsSignedAsItShouldBeIsAnswered() {
        assertThat(older(olderSigned()).status()).isEqualTo(200);
        assertThat(newer(newerSigned(new byte[0]), QUERY, new byte[0]).status()).isEqualTo(200);
    }

    /// Clients find the text after these words, and compare it with what they signed.
    @Test
    void aWrongSecretIsAnsweredWithWhatShouldHaveBeenSigned() {
        Sender forger = sender().as(server.accessKeyId(), "guessed");
        RawHttp.Reply older = forger.rpc(ACTION, "RegionId", "cn-hangzhou");
        RawHttp.Reply newer = forger.acs3(VERSION, ACTION, "RegionId", "cn-hangzhou");

        assertNotSigned(older);
        assertThat(older.message()).contains("server string to sign is:GET&%2F&AccessKeyId%3D");
        assertNotSigned(newer);
        assertThat(newer.message()).contains("server string to sign is:ACS3-HMAC-SHA256\n");
    }

    @Test
    void aChangedQueryIsNotTheOneThatWasSigned() {
        SortedMap<String, String> changed = olderSigned();
        changed.put("RegionId", "cn-shanghai");
        assertNotSigned(older(changed));
        assertNotSigned(newer(newerSigned(new byte[0]), "RegionId=cn-shanghai", new byte[0]));
    }

    @Test
    void anAddedParameterIsNotSigned() {
        SortedMap<String, String> more = olderSigned();
        more.put("Status", "ALL");
        assertNotSigned(older(more));
        assertNotSigned(newer(newerSigned(new byte[0]), QUERY + "&Status=ALL", new byte[0]));
    }

    @Test
    void aChangedBodyIsNotTheOneThatWasSigned() {
        byte[] body = "Status=ALL".getBytes(StandardCharsets.UTF_8);
        byte[] other = "Status=ALT".getBytes(StandardCharsets.UTF_8);
        assertThat(newer(newerSigned(body), QUERY, body).status()).isEqualTo(200);
        assertRefused(newer(newerSigned(body), QUERY, other), 400, "SignatureDoesNotMatch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"})
    void aChangedHeaderIsNotTheOneThatWasSigned(String name) {
        SortedMap<String, String> changed = newerSigned(new byte[0]);
        changed.compute(
                name,
                (_, value) ->
                        switch (name) {
                            case "x-acs-action" -> "DescribeSnapshots";
                            case "x-acs-version" -> "2026-11-22";
                            case "x-acs-date" ->
                                    Instant.parse(String.valueOf(value)).plusSeconds(1).toString();
                            default -> value + "1";
                        });
        RawHttp.Reply reply = newer(changed, QUERY, new byte[0]);
        if (name.equals("x-acs-version")) { // where there is no such action, which comes first
            assertThat(reply.status()).isBetween(400, 404);
        } else {
            assertNotSigned(reply);
        }
    }

    /// Else somebody on the way could change them.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "x-acs-action",
                "x-acs-version",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-content-sha256"
            })
    void aHeaderThatMattersMustBeSigned(String name) {
        SortedMap<String, String> headers = newerSigned(new byte[0]);
        headers.computeIfPresent(
                "authorization",
                (_, it) -> it.replace(name + ";", "").replace(";" + name + ",", ","));

        assertRefused(newer(headers, QUERY, new byte[0]), 400, "IncompleteSignature");
    }

    @Test
    void aRequestCountsOnce() {
        SortedMap<String, String> older = olderSigned();
        assertThat(older(older).status()).isEqualTo(200);
        assertRefused(older(older), 400, "SignatureNonceUsed");
        SortedMap<String, String> newer = newerSigned(new byte[0]);
        assertThat(newer(newer, QUERY, new byte[0]).status()).isEqualTo(200);
        assertRefused(newer(newer, QUERY, new byte[0]), 400, "SignatureNonceUsed");
    }

    /// Also by another thread of the server at the same moment, and though the first was refused.
    @Test
    void aChangeCountsOnceToo() {
        SortedMap<String, String> change =
                sender().signed(
                                "DeleteImage",
                                Sender.nonce(),
                                "RegionId",
                                "cn-hangzhou",
                                "ImageId",
                                "m-00000000000000000000");
        assertRefused(older(change), 404, "InvalidImageId.NotFound");
        assertRefused(older(change), 400, "SignatureNonceUsed");
    }

    @ParameterizedTest
    @ValueSource(ints = {-16, 16})
    void aClockThatIsFarAwayIsRefused(int minutes) {
        Sender away = sender().at(Instant.now().plus(Duration.ofMinutes(minutes)));
        assertRefused(away.rpc(ACTION), 400, "InvalidTimeStamp.Expired");
        assertRefused(away.acs3(VERSION, ACTION), 400, "InvalidTimeStamp.Expired");
    }
}
