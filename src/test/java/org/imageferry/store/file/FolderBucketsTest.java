package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.digest;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.ObjectKey;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.BucketContract;
import org.imageferry.store.BucketObject;
import org.imageferry.store.Buckets;
import org.imageferry.store.Extent;
import org.imageferry.store.ResumableUploadContract;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Upload;
import org.imageferry.store.Upload.Arrived;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderBucketsTest implements BucketContract, ResumableUploadContract {
    private static final AccountId ACCOUNT = new AccountId("1000000000000001");
    private static final RegionId REGION = new RegionId("cn-hangzhou");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir private Path folder;
    private Path root;
    private FolderBuckets buckets;
    private Path golden;
    private Path file;
    private Path data;
    private Path log;

    @BeforeEach
    void makeBuckets() throws Exception {
        root = folder.resolve("data/buckets");
        buckets = FolderBuckets.create(root);
        golden = root.resolve("cn-hangzhou/1000000000000001/images/golden");
        file = golden.resolve("debian-12.raw");
        data = golden.resolve(".debian-12.raw.upload");
        log = golden.resolve(".debian-12.raw.extents");
    }

    @Override
    public Bucket bucket() {
        return bucket(buckets);
    }

    @Override
    public Bucket reopened() {
        return bucket(new FolderBuckets(root));
    }

    private static Bucket bucket(FolderBuckets buckets) {
        return buckets.find(ACCOUNT, REGION, Buckets.DEFAULT).orElseThrow();
    }

    @Test
    void whatOneNodeWasSentAnotherGoesOnWith() throws Exception {
        Bucket one = bucket(FolderBuckets.share(root));
        Bucket other = bucket(FolderBuckets.share(root));
        one.upload(KEY, 200).put(0, bytes(1, 100), digest(1));
        Upload upload = other.upload(KEY, 200);
        assertThat(upload.arrived()).hasSize(1);
        upload.put(100, bytes(2, 100), digest(2));
        one.upload(KEY, 200).close();

        assertThat(file).hasSize(200);
    }

    @Test
    void aFolderThatNodesShareIsNotMade() {
        assertFails(Kind.UNAVAILABLE, () -> FolderBuckets.share(folder.resolve("nowhere")));
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void anObjectIsAFileOfItsKey() throws Exception {
        keep(KEY, bytes(1, 100));

        assertThat(file).hasBinaryContent(bytes(1, 100).array());
        assertThat(filesIn(golden)).containsExactly(file);
    }

    private static List<Path> filesIn(Path folder) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void aFilePutThereByHandIsAnObject() throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes(1, 100).array());

        try (BucketObject object = open(KEY)) {
            assertThat(read(object, 0, 100)).isEqualTo(bytes(1, 100));
        }
    }

    @Test
    void aBucketIsThereIfItsFolderIs() throws Exception {
        BucketName name = new BucketName("golden-images");
        assertThat(buckets.find(ACCOUNT, REGION, name)).isEmpty();

        Path made = root.resolve("cn-hangzhou/1000000000000001/golden-images");
        Files.createDirectories(made);

        buckets.find(ACCOUNT, REGION, name).orElseThrow().create(KEY, 10).close();
        assertThat(made.resolve(KEY.value())).hasSize(10);
        assertThat(buckets.find(ACCOUNT, new RegionId("cn-beijing"), name)).isEmpty();
        assertThat(buckets.find(new AccountId("1000000000000002"), REGION, name)).isEmpty();
        assertThat(bucket().open(KEY)).isEmpty();
    }

    @Test
    void holesTakeNoSpace() throws Exception {
        Upload upload = bucket().upload(KEY, 1L << 40);
        upload.put(512L << 30, bytes(1, MIB), digest(1));
        upload.close();

        assertThat(Files.size(file)).isEqualTo(1L << 40);
        assertThat(allocatedBytes(file)).isBetween((long) MIB, 2L * MIB);
    }

    /// Source: stat(1), `%b`: in units of 512 bytes.
    private static long allocatedBytes(Path file) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
        byte[] blocks = stat.getInputStream().readAllBytes();
        return 512 * Long.parseLong(new String(blocks, StandardCharsets.US_ASCII).strip());
    }

    @Test
    void changingAFileInPlaceChangesItsEtag() throws Exception {
        keep(KEY, bytes(1, 100));
        try (BucketObject before = open(KEY)) {
            Files.setLastModifiedTime(file, FileTime.from(NOON));
            try (BucketObject after = open(KEY)) {
                assertThat(after.etag()).isNotEqualTo(before.etag()).matches("[0-9a-f]{16}");
            }
        }
    }

    @Test
    void anObjectCutShortWhileItIsReadIsDamaged() throws Exception {
        keep(KEY, bytes(1, 100));
        try (BucketObject object = open(KEY);
                FileChannel cut = FileChannel.open(file, StandardOpenOption.WRITE)) {
            cut.truncate(60);

            assertFails(Kind.DAMAGED, () -> object.read(50, ByteBuffer.allocate(50)));
        }
    }

    @Test
    void noSymbolicLinkIsFollowed() throws Exception {
        Path secret = Files.write(folder.resolve("secret"), bytes(1, 100).array());
        Files.createDirectories(file.getParent());
        Files.createSymbolicLink(file, secret);
        Files.createSymbolicLink(file.resolveSibling("linked"), folder);
        Files.createSymbolicLink(root.resolve("cn-hangzhou/1000000000000001/linked"), folder);

        assertFails(Kind.FAILED, () -> bucket().open(KEY));
        ObjectKey below = new ObjectKey("golden/linked/secret");
        assertFails(Kind.FAILED, () -> bucket().open(below));
        assertFails(Kind.FAILED, () -> bucket().upload(below, 1));
        assertFails(Kind.FAILED, () -> bucket().create(below, 1));
        assertFails(Kind.FAILED, () -> bucket().delete(below));
        assertThat(buckets.find(ACCOUNT, REGION, new BucketName("linked"))).isEmpty();
        assertThat(secret).hasBinaryContent(bytes(1, 100).array());
    }

    @Test
    void aFileInTheWayOfAFolderIsTold() throws Exception {
        keep(new ObjectKey("golden"), bytes(1, 100));

        assertThat(failure(() -> bucket().create(KEY, 1))).hasMessageContaining("is a file");
        assertThat(bucket().open(KEY)).isEmpty();
        bucket().delete(KEY);
        assertThat(bucket().open(new ObjectKey("golden"))).isPresent();
    }

    @Test
    void uploadsLeftUnusedAreForgotten() throws Exception {
        bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
        bucket().create(OTHER_KEY, 1000).put(0, bytes(1, 100), digest(1));
        bucket().upload(new ObjectKey("used"), 1000).put(0, bytes(1, 100), digest(1));
        keep(new ObjectKey("kept"), bytes(1, 100));
        Path other = data.resolveSibling(".debian-13.raw.upload");
        Path kept = root.resolve("cn-hangzhou/1000000000000001/images/kept");
        for (Path old : List.of(data, log, other, kept)) {
            Files.setLastModifiedTime(old, FileTime.from(NOON.minus(Duration.ofDays(2000))));
        }

        assertThat(buckets.forgetUploads(NOON.minus(Duration.ofDays(1999)))).isEqualTo(2);

        assertThat(filesIn(golden)).isEmpty();
        assertThat(kept).exists();
        assertThat(bucket().upload(new ObjectKey("used"), 1000).arrived()).hasSize(1);
        assertThat(buckets.forgetUploads(NOON.minus(Duration.ofDays(1999)))).isZero();
    }

    @Test
    void anUploadIsAsYoungAsTheLatestOfItsFiles() throws Exception {
        bucket().upload(KEY, 1000).put(0, bytes(1, 100), digest(1));
        Files.setLastModifiedTime(data, FileTime.from(NOON.minusSeconds(10)));
        Files.setLastModifiedTime(log, FileTime.from(NOON));

        assertThat(buckets.forgetUploads(NOON)).isZero();
        assertThat(buckets.forgetUploads(NOON.plusNanos(1))).isEqualTo(1);
    }

    @Test
    void missingBucketsAreNotEmptyOnes() throws Exception {
        keep(KEY, bytes(1, 100));
        Upload resumable = bucket().upload(OTHER_KEY, 10);
        Upload fresh = bucket().create(KEY, 10);
        Files.move(root, folder.resolve("elsewhere"));

        assertFails(Kind.UNAVAILABLE, () -> bucket().open(KEY));
        assertFails(Kind.UNAVAILABLE, () -> bucket().upload(KEY, 1));
        assertFails(Kind.UNAVAILABLE, () -> bucket().create(KEY, 1));
        assertFails(Kind.UNAVAILABLE, () -> bucket().delete(KEY));
        assertFails(Kind.UNAVAILABLE, () -> resumable.put(0, bytes(1, 1), digest(1)));
        assertFails(Kind.UNAVAILABLE, resumable::arrived);
        assertFails(Kind.UNAVAILABLE, resumable::close);
        assertFails(Kind.UNAVAILABLE, resumable::discard);
        assertFails(Kind.UNAVAILABLE, fresh::close);
        assertFails(Kind.UNAVAILABLE, () -> buckets.forgetUploads(NOON));
        assertThat(root).doesNotExist();
    }

    @Test
    void aFullDiskIsTold() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(folder.resolve("small"), 2);
        assumeThat(mounted).as("we may mount a disk").isPresent();
        try (SmallDisk disk = mounted.orElseThrow()) {
            Bucket small = bucket(FolderBuckets.create(disk.path()));
            Upload fresh = small.create(KEY, 8 * MIB);
            assertFails(Kind.FULL, () -> fresh.put(0, bytes(1, 4 * MIB), digest(1)));
            fresh.discard();
            Upload upload = small.upload(KEY, 8 * MIB);
            upload.put(0, bytes(1, MIB), digest(1));
            assertFails(Kind.FULL, () -> upload.put(MIB, bytes(1, 4 * MIB), digest(1)));

            assertThat(upload.arrived())
                    .containsExactly(new Arrived(new Extent(0, MIB), digest(1)));
        }
    }
}
