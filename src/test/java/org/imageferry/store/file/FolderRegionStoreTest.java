package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.RegionStoreContract;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.imageferry.store.Together;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRegionStoreTest implements RegionStoreContract {
    private static final ObjectName OTHER = new ObjectName("segments/40/4001");

    @TempDir private Path folder;
    private Path root;
    private FolderRegionStore store;

    @BeforeEach
    void makeStore() throws Exception {
        root = folder.resolve("stores/cn-hangzhou");
        store = FolderRegionStore.create(root, 0);
    }

    @Override
    public RegionStore store() {
        return store;
    }

    @Override
    public RegionStore reopened() {
        return new FolderRegionStore(root, 0);
    }

    @Override
    public void vanish() throws Exception {
        Files.move(root, folder.resolve("elsewhere"));
    }

    @Test
    void anObjectIsAFileOfItsName() throws Exception {
        store.write(NAME, bytes(1, 100));

        assertThat(root.resolve("segments/3f/3f09")).hasBinaryContent(bytes(1, 100).array());
        assertThat(root.resolve(StoreRoot.TEMPORARY)).isEmptyDirectory();
    }

    @Test
    void theReserveStaysFree() throws Exception {
        long free = root.toFile().getUsableSpace();
        FolderRegionStore careful = new FolderRegionStore(root, free * 2);

        StoreException failure = failure(() -> careful.write(NAME, bytes(1, 5000)));

        assertThat(failure.kind()).isEqualTo(Kind.FULL);
        assertThat(failure).hasMessageContainingAll(root.toString(), String.valueOf(free * 2));
        assertThat(root.resolve(StoreRoot.TEMPORARY)).isEmptyDirectory();
        assertFails(Kind.MISSING, () -> careful.length(NAME));
    }

    /// Else nothing could be deleted from a full store: that is noted first.
    @Test
    void theReserveIsThereForWhatIsSmall() throws Exception {
        FolderRegionStore careful = new FolderRegionStore(root, Long.MAX_VALUE);
        careful.write(NAME, bytes(1, 4096));
        assertThat(careful.length(NAME)).isEqualTo(4096);
    }

    @Test
    void aFullDiskIsToldAndTidied() throws Exception {
        var mounted = SmallDisk.mount(folder.resolve("small"), 4);
        assumeThat(mounted).as("we may mount a disk").isPresent();
        try (SmallDisk disk = mounted.orElseThrow()) {
            root = disk.path().resolve("store");
            long none = -(8L << 20); // so low that the disk itself must refuse
            FolderRegionStore small = FolderRegionStore.create(root, none);
            small.write(NAME, bytes(1, 1 << 20));

            assertFails(Kind.FULL, () -> small.write(OTHER, bytes(2, 4 << 20)));

            assertThat(root.resolve(StoreRoot.TEMPORARY)).isEmptyDirectory();
            assertFails(Kind.MISSING, () -> small.length(OTHER));
            small.delete(NAME);
            small.write(OTHER, bytes(2, 3 << 20));
        }
    }

    @Test
    void aFolderThatMayNotBeEnteredIsUnavailable() throws Exception {
        store.write(NAME, bytes(1, 100));
        Path segments = root.resolve("segments");
        Files.setPosixFilePermissions(segments, PosixFilePermissions.fromString("---------"));
        try {
            assumeThat(Files.isReadable(segments)).as("we may read everything").isFalse();

            assertFails(Kind.UNAVAILABLE, () -> store.length(NAME));
            assertFails(Kind.UNAVAILABLE, () -> store.write(OTHER, bytes(1, 100)));
        } finally {
            Files.setPosixFilePermissions(segments, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void anObjectCutShortIsDamaged() throws Exception {
        store.write(NAME, bytes(1, 100));
        try (FileChannel file =
                FileChannel.open(root.resolve(NAME.value()), StandardOpenOption.WRITE)) {
            file.truncate(60);
        }

        StoreException failure = failure(() -> store.read(NAME, 50, ByteBuffer.allocate(50)));

        assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
        assertThat(failure).hasMessageContainingAll(NAME.value(), "ends at byte 60");
    }

    @Test
    void anObjectRemovedByHandIsMissing() throws Exception {
        store.write(NAME, bytes(1, 100));
        read(store, NAME);

        Files.delete(root.resolve(NAME.value()));

        assertFails(Kind.MISSING, () -> store.read(NAME, 0, ByteBuffer.allocate(1)));
    }

    @Test
    void anObjectReplacedByHandIsReadAnew() throws Exception {
        store.write(NAME, bytes(1, 100));
        read(store, NAME);
        Path other = Files.write(folder.resolve("other"), bytes(2, 100).array());

        Files.move(other, root.resolve(NAME.value()), StandardCopyOption.REPLACE_EXISTING);

        assertThat(read(store, NAME)).isEqualTo(bytes(2, 100));
    }

    @Test
    void noSymbolicLinkIsFollowed() throws Exception {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.write(outside.resolve("secret"), bytes(1, 100).array());
        Files.createSymbolicLink(root.resolve("linked"), outside);
        Files.createSymbolicLink(root.resolve("link"), outside.resolve("secret"));

        for (ObjectName name : List.of(new ObjectName("linked/secret"), new ObjectName("link"))) {
            assertFails(Kind.FAILED, () -> store.read(name, 0, ByteBuffer.allocate(1)));
            assertFails(Kind.FAILED, () -> store.length(name));
            assertFails(Kind.FAILED, () -> store.delete(name));
            assertFails(Kind.FAILED, () -> store.write(name, bytes(1, 100)));
        }
        assertFails(Kind.FAILED, () -> store.write(new ObjectName("linked/new"), bytes(1, 100)));
        assertFails(Kind.FAILED, () -> store.list("linked/"));
        assertThat(RegionStoreContract.list(store, "")).isEmpty();
        assertThat(outside).isDirectoryContaining("glob:**/secret");
        assertThat(outside.resolve("new")).doesNotExist();
    }

    @Test
    void strangersFilesAreNotListed() throws Exception {
        store.write(NAME, bytes(1, 100));
        Files.createDirectories(root.resolve("lost+found/x"));
        Files.createFile(root.resolve("Notes.TXT"));
        Files.createFile(root.resolve("segments/.hidden"));

        assertThat(RegionStoreContract.list(store, "")).containsExactly(NAME);
    }

    @Test
    void anInterruptedReaderDoesNotHurtTheOthers() throws Exception {
        store.write(NAME, bytes(1, 100_000));
        Together.run(
                THREADS,
                thread -> {
                    for (int i = 0; i < 50; i++) {
                        if (thread == 0) {
                            Thread.currentThread().interrupt();
                            assertFails(
                                    Kind.FAILED,
                                    () -> store.read(NAME, 0, ByteBuffer.allocate(100)));
                            assertThat(Thread.interrupted()).isTrue();
                        } else {
                            assertThat(read(store, NAME)).isEqualTo(bytes(1, 100_000));
                        }
                    }
                    return true;
                });
    }
}
