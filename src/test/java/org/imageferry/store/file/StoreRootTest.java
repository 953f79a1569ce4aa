package org.imageferry.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.imageferry.store.Samples.assertFails;
import static org.imageferry.store.Samples.bytes;
import static org.imageferry.store.Samples.failure;
import static org.imageferry.store.Samples.read;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.imageferry.store.ObjectName;
import org.imageferry.store.RegionStore;
import org.imageferry.store.StoreException;
import org.imageferry.store.StoreException.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A region store that goes, comes, and is not what it was.
class StoreRootTest {
    private static final ObjectName NAME = new ObjectName("segments/3f/3f09");
    private static final ObjectName OTHER = new ObjectName("segments/40/4001");

    @TempDir private Path folder;
    private Path root;
    private FolderRegionStore store;

    @BeforeEach
    void makeStore() throws Exception {
        root = folder.resolve("stores/cn-hangzhou");
        store = FolderRegionStore.create(root, 0);
    }

    private RegionStore reopened() {
        return new FolderRegionStore(root, 0);
    }

    private void vanish() throws Exception {
        Files.move(root, folder.resolve("elsewhere"));
    }

    @Test
    void nothingIsMadeInPlaceOfAMissingStore() throws Exception {
        vanish();

        assertFails(Kind.UNAVAILABLE, () -> reopened().write(NAME, bytes(1, 100)));
        assertThat(root).doesNotExist();
    }

    @Test
    void theEmptyFolderOfAnUnmountedDiskIsNoStore() throws Exception {
        vanish();
        Files.createDirectory(root);

        StoreException failure = failure(() -> store.write(NAME, bytes(1, 100)));
        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContainingAll(root.toString(), "mount its disk");
        assertFails(Kind.UNAVAILABLE, () -> store.list(""));
        assertThat(root).isEmptyDirectory();
    }

    /// Else who starts takes away what others are writing.
    @Test
    void whoSharesAStoreTidiesUpOnlyAfterItself() throws Exception {
        Path temporary = root.resolve(StoreRoot.TEMPORARY);
        Files.createFile(temporary.resolve("node-1-7"));
        Files.createFile(temporary.resolve("node-2-7"));

        FolderRegionStore.share(root, 0, "node-1").write(NAME, bytes(1, 100));
        FolderRegionStore.share(root, 0, "node-2").write(OTHER, bytes(2, 100));

        assertThat(temporary).isEmptyDirectory();
        assertThat(read(store, OTHER)).isEqualTo(bytes(2, 100));
        Files.createFile(temporary.resolve("node-2-7"));
        FolderRegionStore.share(root, 0, "node-1").write(NAME, bytes(1, 100));
        assertThat(temporary.resolve("node-2-7")).exists();
    }

    @Test
    void aFileInPlaceOfTheFolderIsNoStore() throws Exception {
        vanish();
        Files.createFile(root);

        assertFails(Kind.UNAVAILABLE, () -> store.write(NAME, bytes(1, 100)));
        assertFails(Kind.UNAVAILABLE, () -> store.read(NAME, 0, ByteBuffer.allocate(1)));
    }

    @Test
    void anotherStoreInItsPlaceIsRefused() throws Exception {
        store.write(NAME, bytes(1, 100));
        vanish();
        FolderRegionStore.create(root, 0);
        Files.setLastModifiedTime(root.resolve(StoreRoot.MARKER), FileTime.from(Instant.EPOCH));

        assertFails(Kind.UNAVAILABLE, () -> store.length(NAME));
        assertFails(Kind.UNAVAILABLE, () -> store.write(OTHER, bytes(1, 100)));
        assertFails(Kind.UNAVAILABLE, () -> store.delete(NAME));
        assertFails(Kind.MISSING, () -> reopened().length(NAME));
    }

    @Test
    void aStoreThatComesBackGoesOn() throws Exception {
        store.write(NAME, bytes(1, 100));
        vanish();
        RegionStore early = reopened();
        assertFails(Kind.UNAVAILABLE, () -> early.length(NAME));

        Files.move(folder.resolve("elsewhere"), root);

        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
        early.write(OTHER, bytes(2, 100));
        assertThat(read(store, OTHER)).isEqualTo(bytes(2, 100));
    }

    @Test
    void creatingAStoreAgainChangesNothing() throws Exception {
        store.write(NAME, bytes(1, 100));

        FolderRegionStore again = FolderRegionStore.create(root, 0);

        assertThat(read(again, NAME)).isEqualTo(bytes(1, 100));
        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
    }

    @Test
    void aStoreCannotBeMadeBelowAFile() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        StoreException failure = failure(() -> FolderRegionStore.create(file.resolve("store"), 0));

        assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(failure).hasMessageContaining(file.toString());
    }

    @Test
    void whatACrashLeftUnfinishedIsRemoved() throws Exception {
        Files.writeString(root.resolve(StoreRoot.TEMPORARY).resolve("1"), "half an object");

        RegionStore reopened = reopened();

        assertThat(root.resolve(StoreRoot.TEMPORARY)).isEmptyDirectory();
        reopened.write(NAME, bytes(1, 100));
        assertThat(read(reopened, NAME)).isEqualTo(bytes(1, 100));
    }

    @Test
    void aReadOnlyDiskCanBeReadOnly() throws Exception {
        var mounted = SmallDisk.mount(folder.resolve("small"), 4);
        assumeThat(mounted).as("we may mount a disk").isPresent();
        try (SmallDisk disk = mounted.orElseThrow()) {
            root = disk.path().resolve("store");
            FolderRegionStore.create(root, 0).write(NAME, bytes(1, 100));
            disk.makeReadOnly();

            StoreException failure = failure(() -> reopened().write(OTHER, bytes(1, 100)));

            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("mount it writable");
            assertFails(Kind.UNAVAILABLE, () -> reopened().delete(NAME));
            assertThat(read(reopened(), NAME)).isEqualTo(bytes(1, 100));
        }
    }

    @Test
    void anUnmountedDiskIsUnavailableAlsoToWhatIsOpen() throws Exception {
        var mounted = SmallDisk.mount(folder.resolve("small"), 4);
        assumeThat(mounted).as("we may mount a disk").isPresent();
        FolderRegionStore small;
        try (SmallDisk disk = mounted.orElseThrow()) {
            small = FolderRegionStore.create(disk.path(), 0);
            small.write(NAME, bytes(1, 100));
            read(small, NAME);
        }

        assertFails(Kind.UNAVAILABLE, () -> small.read(NAME, 0, ByteBuffer.allocate(1)));
        assertFails(Kind.UNAVAILABLE, () -> small.write(NAME, bytes(1, 100)));
        assertThat(folder.resolve("small")).isEmptyDirectory();
    }

    @Test
    void theRootMayBeASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);

        new FolderRegionStore(link, 0).write(NAME, bytes(1, 100));

        assertThat(read(store, NAME)).isEqualTo(bytes(1, 100));
    }
}
