package org.imageferry.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.nio.file.Path;
import java.util.Optional;
import org.imageferry.store.ObjectName;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.s3.FaultyS3.Conditions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

@ResourceLock(Resources.SYSTEM_PROPERTIES)
class S3TlsTest {
    private static final ObjectName NAME = new ObjectName("segments/3f/3f09");
    private static final String TRUSTED = "javax.net.ssl.trustStore";

    @TempDir private Path folder;

    private interface Use {
        void of(S3RegionStore store) throws Exception;
    }

    private void serve(String begins, boolean trust, Use use) throws Exception {
        TestCertificates certificates = new TestCertificates(folder);
        Path trusted = certificates.issuer();
        String before = System.getProperty(TRUSTED, "");
        try (FaultyS3 server =
                new FaultyS3(Conditions.KEPT, "https", certificates.server(begins))) {
            if (trust) {
                System.setProperty(TRUSTED, trusted.toString());
                System.setProperty(TRUSTED + "Password", "password");
            }
            S3Place place =
                    new S3Place(
                            Optional.of(server.endpoint()),
                            "eu-central-1",
                            FaultyS3.BUCKET,
                            "",
                            true);
            S3Login login = new S3Login.Keys("key", "secret");
            try (S3Connection connection =
                    new S3Connection(place, login, S3Limits.USUAL, new NoRest())) {
                use.of(new S3RegionStore(connection, new ParallelReads(Runnable::run)));
            }
        } finally {
            if (before.isEmpty()) {
                System.clearProperty(TRUSTED);
            } else {
                System.setProperty(TRUSTED, before);
            }
            System.clearProperty(TRUSTED + "Password");
        }
    }

    @Test
    void aServerThatIsTrustedIsUsed() throws Exception {
        serve(
                "-1H",
                true,
                store -> {
                    store.write(NAME, bytes(1, 100));
                    assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
                });
    }

    @Test
    void aCertificateThatHasEndedIsToldAtOnce() throws Exception {
        serve("-3d", true, store -> assertNotTrusted(store, "NotAfter"));
    }

    @Test
    void aServerThatNobodyVouchesForIsToldAtOnce() throws Exception {
        serve("-1H", false, store -> assertNotTrusted(store, "certification path"));
    }

    private static void assertNotTrusted(S3RegionStore store, String why) {
        StoreException failure = failure(() -> store.length(NAME));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure)
                .hasMessageContainingAll("no trust", why, "certificate", TRUSTED)
                .hasMessageNotContaining("times");
    }
}
