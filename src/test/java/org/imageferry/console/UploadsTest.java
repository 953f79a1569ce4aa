package org.imageferry.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.imageferry.ecs.action.ActionScene.HANGZHOU;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.imageferry.domain.ObjectKey;
import org.imageferry.ecs.EdgeScene;
import org.imageferry.ecs.action.ActionScene;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a page's script sends when a disk is uploaded: the bucket protocol, proved by the session.
class UploadsTest {
    private static final String PAGE = "/console/regions/cn-hangzhou";
    private static final ObjectKey KEY = new ObjectKey("uploads/disk.raw");
    private static final long LENGTH = 1 << 20;
    private static final byte[] DATA =
            "some data of a disk".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    private static final byte[] NOTHING = {};

    private final ActionScene scene = new ActionScene();
    private final Surfer surfer = Surfer.loggedIn(scene.port(), "testid", "testsecret");
    private final String token = surfer.token();

    @AfterEach
    void stop() {
        surfer.close();
        scene.close();
    }

    private static String address(String query) {
        return "/console/buckets/images/"
                + KEY
                + "?RegionId="
                + HANGZHOU
                + "&Length="
                + LENGTH
                + query;
    }

    private Surfer.Seen put(Surfer by, String with) {
        return by.call(
                "PUT",
                address("&Offset=4096"),
                "PutObjectExtent",
                with,
                DATA,
                "Sec-Fetch-Site",
                "same-origin");
    }

    private Surfer.Seen close(int extents, String digest) {
        return surfer.call(
                "POST",
                address("&Extents=" + extents + "&Sha256=" + digest),
                "CloseUpload",
                token,
                NOTHING,
                "Sec-Fetch-Site",
                "same-origin");
    }

    private static String digest() throws Exception {
        ByteBuffer row = ByteBuffer.allocate(48).putLong(4096).putLong(DATA.length);
        row.put(MessageDigest.getInstance("SHA-256").digest(DATA));
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(row.array()));
    }

    private Bucket bucket() {
        return scene.buckets
                .find(
                        EdgeScene.ACCOUNT,
                        new org.imageferry.domain.RegionId(HANGZHOU),
                        Buckets.DEFAULT)
                .orElseThrow();
    }

    private boolean isThere() throws StoreException {
        return bucket().open(KEY).isPresent();
    }

    @Test
    void aDiskIsUploadedPieceByPieceAndImported() throws Exception {
        assertThat(put(surfer, token).status()).isEqualTo(200);
        assertThat(close(1, "00").body()).contains("UploadMismatch", "compare them");
        assertThat(isThere()).isFalse();

        assertThat(close(1, digest()).status()).isEqualTo(200);

        assertThat(isThere()).isTrue();
        surfer.submit(
                PAGE, "import", Map.of("object", KEY.value(), "name", "new", "format", "RAW"));
        assertThat(surfer.get("/console/").body()).contains("The import is on its way.", "new");
    }

    @Test
    void whatHasArrivedIsToldSoThatAnUploadGoesOn() {
        put(surfer, token);

        Surfer.Seen seen =
                surfer.call(
                        "GET",
                        address(""),
                        "DescribeUpload",
                        token,
                        NOTHING,
                        "Sec-Fetch-Site",
                        "same-origin");

        assertThat(seen.body()).contains("\"Offset\":4096", "\"Length\":" + DATA.length);
    }

    @Test
    void anUploadIsOnlyTakenFromAPageOfTheSession() throws Exception {
        try (Surfer stranger = new Surfer(scene.port());
                Surfer other = Surfer.loggedIn(scene.port(), "other", "othersecret")) {
            assertThat(put(stranger, token).status()).isEqualTo(403);
            assertThat(put(other, token).status()).isEqualTo(403);
            assertThat(put(surfer, "").status()).isEqualTo(403);
            assertThat(put(surfer, token + "x").body()).contains("Forbidden", "Reload the page");
        }
        Surfer.Seen elsewhere =
                surfer.call(
                        "PUT",
                        address("&Offset=0"),
                        "PutObjectExtent",
                        token,
                        DATA,
                        "Sec-Fetch-Site",
                        "cross-site");
        assertThat(elsewhere.status()).isEqualTo(403);
        assertThat(bucket().upload(KEY, LENGTH).arrived()).isEmpty();
    }

    @Test
    void aUserNeedsTheRightToPutObjects() {
        scene.user(EdgeScene.ACCOUNT, "reader");
        try (Surfer reader = Surfer.loggedIn(scene.port(), "key-of-reader", "secret of reader")) {
            String theirs = reader.token();
            assertThat(put(reader, theirs).body()).contains("Forbidden.RAM");
        }
    }

    @Test
    void anAnswerToAnUploadIsProtectedLikeAPage() {
        assertThat(put(surfer, token).header("Content-Security-Policy")).contains("'self'");
    }
}
