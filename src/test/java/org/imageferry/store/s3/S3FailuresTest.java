package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.assertj.core.api.Assertions;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStoreContract;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.s3.FaultyS3.Conditions;
import org.imageferry.store.s3.FaultyS3.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of each way in which a server can fail: what is tried again, what is told, in what words.
class S3FailuresTest {
    private static final ObjectName NAME = new ObjectName("segments/3f/3f09");

    /// Short enough for a test of a server that says nothing; only in virtual time do we wait longer.
    private static final S3Limits LIMITS =
            new S3Limits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(40),
                    4,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    8);

    private final NoRest timing = new NoRest();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private FaultyS3 server;
    private S3RegionStore store;

    @BeforeEach
    void start() throws Exception {
        serve(Conditions.KEPT);
    }

    private void serveInstead(Conditions conditions) throws Exception {
        server.close();
        serve(conditions);
    }

    private void serve(Conditions conditions) throws Exception {
        server = new FaultyS3(conditions);
        store = store(server.endpoint(), new S3Login.Keys("key", "very-secret"));
    }

    private S3RegionStore store(URI endpoint, S3Login login) {
        S3Place place =
                new S3Place(Optional.of(endpoint), "eu-central-1", FaultyS3.BUCKET, "p/", true);
        return new S3RegionStore(
                new S3Connection(
                        place,
                        login,
                        LIMITS,
                        timing,
                        (operation, outcome, _) -> told.add(operation + " " + outcome)),
                new ParallelReads(task -> Thread.startVirtualThread(task)));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private void keep(ByteBuffer content) {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        server.objects().put("p/" + NAME, bytes);
    }

    private StoreException readFails(Kind kind) {
        StoreException failure = failure(() -> store.read(NAME, 0, ByteBuffer.allocate(100)));
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageContainingAll(NAME.value(), "s3://bucket/p/", "127.0.0.1")
                .hasMessageNotContaining("very-secret");
        return failure;
    }

    private long asked(String method) {
        return server.requests().stream().filter(it -> it.method().equals(method)).count();
    }

    @ParameterizedTest
    @CsvSource({
        "500, InternalError, look at the server",
        "502, BadGateway, look at the server",
        "503, SlowDown, most-requests",
        "503, ServiceUnavailable, most-requests",
        "429, TooManyRequests, most-requests",
        "409, OperationAborted, look at the server"
    })
    void whatMayPassIsTriedAgainAndThenToldAsUnavailable(int status, String code, String remedy)
            throws Exception {
        keep(bytes(1, 100));
        Fault fault = new Fault.Answer(status, code);
        server.fail("GET", fault, fault, fault);
        assertThat(fill(100)).isEqualTo(bytes(1, 100));

        server.fail("GET", fault, fault, fault, fault);
        assertThat(readFails(Kind.UNAVAILABLE))
                .hasMessageContainingAll("" + status, code, "4 times", remedy);
    }

    @Test
    void eachTryIsToldToWhoKeepsAccountOfThem() throws Exception {
        keep(bytes(1, 100));
        told.clear();
        server.fail(
                "GET",
                new Fault.Answer(503, "SlowDown"),
                new Fault.Answer(500, "InternalError"),
                new Fault.Answer(502, "BadGateway"));
        fill(100);
        assertThat(told).containsExactly("GET THROTTLED", "GET REFUSED", "GET REFUSED", "GET OK");

        told.clear();
        server.fail("GET", new Fault.Unanswered());
        fill(100);
        assertThat(told).containsExactly("GET UNANSWERED", "GET OK");
    }

    private ByteBuffer fill(int length) throws StoreException {
        ByteBuffer into = ByteBuffer.allocate(length);
        store.read(NAME, 0, into);
        return into.flip();
    }

    @Test
    void theWaitBetweenTriesDoublesAndIsLongerForWhoShallSlowDown() throws Exception {
        keep(bytes(1, 100));
        Fault broken = new Fault.Answer(500, "InternalError");
        server.fail("GET", broken, broken, broken);
        fill(100);
        assertThat(timing.rests()).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L);

        Fault slow = new Fault.Answer(503, "SlowDown");
        server.fail("GET", slow, slow, slow);
        fill(100);
        assertThat(timing.rests())
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 4L, 8L, 10L);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, UNAVAILABLE, check the access key",
        "403, InvalidAccessKeyId, UNAVAILABLE, check the access key",
        "403, SignatureDoesNotMatch, UNAVAILABLE, signing-region",
        "403, RequestTimeTooSkewed, UNAVAILABLE, clock",
        "301, PermanentRedirect, UNAVAILABLE, elsewhere",
        "307, TemporaryRedirect, UNAVAILABLE, elsewhere",
        "404, NoSuchBucket, UNAVAILABLE, make the bucket",
        "404, NoSuchKey, MISSING, no such object",
        "403, QuotaExceeded, FULL, make room",
        "507, XMinioStorageFull, FULL, make room",
        "400, InvalidRequest, FAILED, server's log",
        "501, NotImplemented, FAILED, lacks"
    })
    void whatWillNotPassIsToldAtOnce(int status, String code, Kind kind, String remedy) {
        server.fail("GET", new Fault.Answer(status, code));

        assertThat(readFails(kind)).hasMessageContainingAll("" + status, code, remedy);
        assertThat(asked("GET")).isOne();
    }

    @ParameterizedTest
    @CsvSource({"403, QuotaExceeded", "507, InsufficientStorage", "413, EntityTooLarge"})
    void aFullBucketIsToldWhenItIsWrittenTo(int status, String code) {
        server.fail("PUT", new Fault.Answer(status, code));

        StoreException failure = failure(() -> store.write(NAME, bytes(1, 100)));
        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure).hasMessageContainingAll(code, "quota");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60_000})
    void anAnswerThatBreaksOffIsAskedForAgain(int bytes) throws Exception {
        keep(bytes(1, 100_000));
        server.fail("GET", new Fault.CutAfter(bytes), new Fault.CutAfter(bytes));

        assertThat(fill(100_000)).isEqualTo(bytes(1, 100_000));
    }

    @Test
    void aConnectionThatAlwaysBreaksIsUnavailable() {
        keep(bytes(1, 100));
        Fault cut = new Fault.CutAfter(50);
        server.fail("GET", cut, cut, cut, cut);

        assertThat(readFails(Kind.UNAVAILABLE)).hasMessageContainingAll("broke", "4 times");
    }

    @Test
    void aFailedReadLeavesTheBuffersPosition() {
        keep(bytes(1, 100));
        Fault cut = new Fault.CutAfter(50);
        server.fail("GET", cut, cut, cut, cut);
        ByteBuffer into = ByteBuffer.allocate(100);

        assertFails(Kind.UNAVAILABLE, () -> store.read(NAME, 0, into));
        assertThat(into.position()).isZero();
    }

    @Test
    void aServerThatSaysNothingIsUnavailable() {
        server.fail(
                "GET",
                new Fault.Silence(),
                new Fault.Silence(),
                new Fault.Silence(),
                new Fault.Silence());

        assertThat(readFails(Kind.UNAVAILABLE)).hasMessageContaining("no answer in time");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() throws Exception {
        server.close();

        assertThat(readFails(Kind.UNAVAILABLE)).hasMessageContaining("no connection");
    }

    @Test
    void aServerThatSendsWholeObjectsOnlyIsNotUsed() {
        keep(bytes(1, 100));
        server.fail("GET", new Fault.NoRanges());

        StoreException failure = failure(() -> store.read(NAME, 10, ByteBuffer.allocate(20)));
        assertThat(failure).hasMessageContaining("no ranges");
    }

    /// To find that out is the reader's: all that we store has a digest that is checked when it is used.
    @Test
    void aFlippedBitArrivesAsItIs() throws Exception {
        keep(bytes(1, 100));
        server.fail("GET", new Fault.Flipped());

        assertThat(fill(100)).isNotEqualTo(bytes(1, 100));
    }

    @Test
    void aWriteIsSentWithWhatTheServerCanCheckItBy() throws Exception {
        store.write(NAME, bytes(1, 100));

        var sent = server.requests().stream().filter(it -> it.body().capacity() == 100).findFirst();
        assertThat(sent.orElseThrow().headers())
                .containsEntry(
                        "x-amz-content-sha256",
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256")
                                                .digest(bytes(1, 100).array())))
                .containsEntry("x-amz-checksum-crc32c", Bodies.crc32c(bytes(1, 100)))
                .containsEntry("content-length", "100")
                .doesNotContainKey("content-encoding");
    }

    @Test
    void bytesThatWereSpoiltOnTheirWayAreSentAgain() throws Exception {
        store.write(new ObjectName("other"), bytes(2, 10));
        server.fail(
                "PUT",
                new Fault.Answer(400, "XAmzContentSHA256Mismatch"),
                new Fault.Answer(400, "BadDigest"));
        store.write(NAME, bytes(1, 100));
        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));

        Fault spoilt = new Fault.Answer(400, "BadDigest");
        server.fail("PUT", spoilt, spoilt, spoilt, spoilt);
        assertFails(Kind.FAILED, () -> store.write(new ObjectName("third"), bytes(1, 100)));
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void aWriteWhoseAnswerWasLostSucceeds(Conditions conditions) throws Exception {
        serveInstead(conditions);
        store.write(new ObjectName("other"), bytes(2, 10));
        server.fail("PUT", new Fault.Unanswered());

        store.write(NAME, bytes(1, 100));

        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
    }

    @ParameterizedTest
    @EnumSource(Conditions.class)
    void noServerLetsUsOverwrite(Conditions conditions) throws Exception {
        serveInstead(conditions);
        store.write(NAME, bytes(1, 100));
        store.write(NAME, bytes(1, 100));

        assertFails(Kind.EXISTS, () -> store.write(NAME, bytes(2, 100)));
        assertFails(Kind.EXISTS, () -> store.write(NAME, bytes(1, 99)));
        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
    }

    @ParameterizedTest
    @CsvSource({"KEPT, 2, 0", "REFUSED, 1, 1", "IGNORED, 2, 1"})
    void howAServerTakesConditionsIsFoundOutOnce(Conditions conditions, int probes, int looks)
            throws Exception {
        serveInstead(conditions);
        int writes = 10;
        for (int i = 0; i < writes; i++) {
            store.write(new ObjectName("object-" + i), bytes(i, 100));
        }

        assertThat(asked("PUT")).isEqualTo(writes + probes);
        long objectLooks =
                server.requests().stream()
                        .filter(it -> it.method().equals("HEAD"))
                        .filter(it -> it.path().contains("object-"))
                        .count();
        assertThat(objectLooks).isEqualTo((long) writes * looks);
    }

    @Test
    void listsAreReadPageByPage() throws Exception {
        for (String name : List.of("a", "b", "c", "d", "e")) {
            server.objects().put("p/" + name, new byte[1]);
        }

        assertThat(RegionStoreContract.list(store, "")).hasSize(5);
        assertThat(asked("GET")).isEqualTo(3);
    }

    @Test
    void aListThatFailsOnTheWayIsNotTakenForWhole() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            server.objects().put("p/" + name, new byte[1]);
        }
        try (var names = store.list("")) {
            server.fail("GET", new Fault.Answer(403, "AccessDenied"));

            Assertions.assertThatThrownBy(names::toList)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("AccessDenied");
        }
    }

    @Test
    void theSecretIsNowhere() {
        S3Login login = new S3Login.Keys("key", "very-secret");

        assertThat(login.toString()).contains("key", "***").doesNotContain("very-secret");
    }
}
