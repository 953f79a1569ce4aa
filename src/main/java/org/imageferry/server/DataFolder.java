package org.imageferry.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.imageferry.domain.RegionId;
import org.imageferry.settings.StartException;

/// The folder that holds all of an installation, and the right to use it.
///
/// One process at a time has it: an operating-system lock says so, which is gone with its owner,
/// whatever the owner dies of. What lies where:
/// - `catalog.db` and what SQLite puts beside it: the catalog; while it is made anew `catalog.db.new`, and
///   then, of the one before, `catalog.db.before-rebuild`;
/// - `regions/REGION/`: a region's store;
/// - `buckets/`: disk images on their way in and out;
/// - `audit/`: who called what, if the settings name no other place;
/// - `unpacked/`: what is unpacked of them for a while; emptied at each start;
/// - `master.key`: wraps the secrets in the catalog; beside it, while it is rotated, `master.key.new`;
/// - `node`: which catalog the folder's node belongs to, if that is not `catalog.db`;
/// - `credentials`: the first access key, unless it was given;
/// - `lock`: the process that has the folder;
/// - the file of a [FolderMark], which says that the folder is no server's, or not yet.
public final class DataFolder implements AutoCloseable {
    private static final Set<String> OURS =
            Set.of(
                    "catalog.db",
                    "regions",
                    "buckets",
                    "unpacked",
                    "outgoing",
                    "audit",
                    "master.key",
                    "credentials",
                    "lock",
                    FolderMark.BACKUP.file(),
                    FolderMark.RESTORING.file(),
                    FolderMark.MIGRATING.file());

    /// A fresh file system has this one.
    private static final String LOST_AND_FOUND = "lost+found";

    private static final int MOST_PID_BYTES = 20;

    /// What this process has. POSIX drops a process's lock as soon as it closes any channel on the
    /// file, so a second one must not even be opened here.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Takes the folder, and makes it if it is not there.
    ///
    /// @throws StartException if another process has it, if it holds something else, or if it can't be
    ///     made or written
    public static DataFolder open(Path path) throws StartException {
        return open(path, FolderMark::refuseAny);
    }

    /// Takes a folder that is marked so, or marks one that is new or empty.
    ///
    /// @throws StartException if it holds anything else
    static DataFolder open(Path path, FolderMark mark) throws StartException {
        return open(path, mark::ensure);
    }

    private interface Look {
        void at(Path folder) throws StartException, IOException;
    }

    private static DataFolder open(Path path, Look look) throws StartException {
        try {
            make(path);
            Path real = path.toRealPath();
            if (!HELD.add(real)) {
                throw inUse(path, ownPid());
            }
            return take(real, look);
        } catch (IOException e) {
            throw new StartException("can't use data folder " + path + ": " + reason(e), e);
        }
    }

    /// What a person can make something of: the class of an exception says it where its text does not.
    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "access is denied";
            case NoSuchFileException it -> "there is no " + it.getFile();
            case FileSystemException it when it.getReason() != null -> it.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }

    private static DataFolder take(Path real, Look look) throws IOException, StartException {
        boolean taken = false;
        try {
            DataFolder folder = new DataFolder(real, lock(real));
            taken = true;
            return looked(folder, look);
        } finally {
            if (!taken) {
                HELD.remove(real);
            }
        }
    }

    private static DataFolder looked(DataFolder folder, Look look)
            throws IOException, StartException {
        boolean good = false;
        try {
            look.at(folder.path);
            good = true;
            return folder;
        } finally {
            if (!good) {
                folder.close();
            }
        }
    }

    private static void make(Path path) throws IOException, StartException {
        if (!Files.exists(path)) {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.isDirectory(path)) {
            throw new StartException(path + " is no folder: name one with --data");
        }
        List<String> names = names(path);
        if (!names.isEmpty() && names.stream().noneMatch(OURS::contains)) {
            throw new StartException(
                    "%s holds something else (%s): name a new or empty folder with --data"
                            .formatted(path, names.getFirst()));
        }
    }

    private static List<String> names(Path path) throws IOException {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(LOST_AND_FOUND))
                    .sorted()
                    .toList();
        }
    }

    private static FileChannel lock(Path path) throws IOException, StartException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw inUse(path, owner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(ownPid().getBytes(StandardCharsets.US_ASCII)), 0);
            return channel;
        } catch (IOException | StartException e) {
            channel.close();
            throw e;
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(MOST_PID_BYTES);
        channel.read(text, 0);
        String pid =
                new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static String ownPid() {
        return Long.toString(ProcessHandle.current().pid());
    }

    private static StartException inUse(Path path, String owner) {
        return new StartException(
                "data folder %s is in use by process %s: stop it or use another --data"
                        .formatted(path, owner));
    }

    public Path path() {
        return path;
    }

    public Path catalog() {
        return path.resolve("catalog.db");
    }

    public Path region(RegionId id) {
        return path.resolve("regions").resolve(id.value());
    }

    public Path buckets() {
        return path.resolve("buckets");
    }

    public Path unpacked() {
        return path.resolve("unpacked");
    }

    public Path outgoing() {
        return path.resolve("outgoing");
    }

    public Path audit() {
        return path.resolve("audit").resolve("audit.log");
    }

    public Path masterKey() {
        return path.resolve("master.key");
    }

    public Path node() {
        return path.resolve("node");
    }

    public Path credentials() {
        return path.resolve("credentials");
    }

    /// Lets others have the folder. The file `lock` stays, empty: were it deleted, two processes could
    /// each lock one of that name.
    @Override
    public void close() throws IOException {
        if (!lock.isOpen()) {
            return;
        }
        try (lock) {
            lock.truncate(0);
        } finally {
            HELD.remove(path);
        }
    }
}
