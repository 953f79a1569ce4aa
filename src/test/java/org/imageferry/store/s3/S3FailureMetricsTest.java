package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.imageferry.domain.RegionId;
import org.imageferry.metrics.Metrics;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.s3.FaultyS3.Conditions;
import org.imageferry.store.s3.FaultyS3.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each failure of a bucket is counted, once, by what it means.
class S3FailureMetricsTest {
    private static final RegionId REGION = new RegionId("eu-central-1");
    private static final ObjectName NAME = new ObjectName("segments/3f/3f09");
    private static final int TRIES = 2;

    private static final S3Limits LIMITS =
            new S3Limits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(40),
                    TRIES,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    8);

    private interface Use {
        void of(RegionStore store, FaultyS3 server) throws Exception;
    }

    private static String counted(Use use) throws Exception {
        Metrics metrics = new Metrics(List.of(REGION), "1", System::nanoTime);
        try (FaultyS3 server = new FaultyS3(Conditions.KEPT)) {
            S3Place place =
                    new S3Place(
                            Optional.of(server.endpoint()),
                            REGION.value(),
                            FaultyS3.BUCKET,
                            "",
                            true);
            try (S3Connection connection =
                    new S3Connection(
                            place, new S3Login.Keys("key", "secret"), LIMITS, new NoRest())) {
                ParallelReads reads = new ParallelReads(Runnable::run);
                use.of(metrics.watched(REGION, new S3RegionStore(connection, reads)), server);
            }
        }
        return StandardCharsets.UTF_8.decode(metrics.page("").body()).toString();
    }

    private static String error(String kind, String operation) {
        return "imageferry_store_errors_total{kind=\"%s\",operation=\"%s\",region=\"%s\"} 1.0\n"
                .formatted(kind, operation, REGION);
    }

    @ParameterizedTest
    @CsvSource({
        "403, AccessDenied, unavailable",
        "404, NoSuchBucket, unavailable",
        "404, NoSuchKey, missing",
        "500, InternalError, unavailable",
        "503, ServiceUnavailable, unavailable",
        "503, SlowDown, unavailable",
        "400, InvalidRequest, failed",
    })
    void aFailedReadIsCountedByItsKind(int status, String code, String kind) throws Exception {
        String page =
                counted((store, server) -> {
                    Fault fault = new Fault.Answer(status, code);
                    server.fail("GET", fault, fault);
                    assertThatThrownBy(() -> store.read(NAME, 0, ByteBuffer.allocate(10)))
                            .isInstanceOf(StoreException.class);
                });
        assertThat(page).contains(error(kind, "read"));
    }

    @ParameterizedTest
    @CsvSource({"507, InsufficientStorage, full", "400, BadDigest, failed"})
    void aFailedWriteIsCountedByItsKind(int status, String code, String kind) throws Exception {
        String page =
                counted((store, server) -> {
                    Fault fault = new Fault.Answer(status, code);
                    server.fail("PUT", fault, fault);
                    assertThatThrownBy(() -> store.write(NAME, ByteBuffer.allocate(10)))
                            .isInstanceOf(StoreException.class);
                });
        assertThat(page).contains(error(kind, "write"));
    }

    @Test
    void aServerThatIsSlowOrGoneIsCountedAsUnavailable() throws Exception {
        assertThat(
                        counted((store, server) -> {
                            server.fail("GET", new Fault.Silence(), new Fault.Silence());
                            assertThatThrownBy(() -> store.read(NAME, 0, ByteBuffer.allocate(10)))
                                    .isInstanceOf(StoreException.class);
                        }))
                .contains(error("unavailable", "read"));
        assertThat(
                        counted((store, server) -> {
                            server.close();
                            assertThatThrownBy(() -> store.length(NAME))
                                    .isInstanceOf(StoreException.class);
                        }))
                .contains(error("unavailable", "length"));
    }
}
