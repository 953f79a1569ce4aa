package org.imageferry.store.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import org.imageferry.domain.AccountId;
import org.imageferry.domain.BucketName;
import org.imageferry.domain.RegionId;
import org.imageferry.store.Bucket;
import org.imageferry.store.Buckets;
import org.imageferry.store.StoreException;

/// Keeps buckets as folders `REGION/ACCOUNT/BUCKET` below a root, and objects as files in them. A
/// folder made by hand is a bucket, a file put there by hand an object; symbolic links are refused.
///
/// One process has the root for itself as far as uploads go, unless all that use it open it by [#share].
/// The root must be there before it is used ([#create] makes it): where a disk is not mounted nothing is
/// made in its place.
public final class FolderBuckets implements Buckets {
    private final Path root;
    private final Folders folders;
    private final KeyLocks locks;
    private final Failures failures;

    public FolderBuckets(Path root) {
        this(root.toAbsolutePath(), KeyLocks.alone(root.toAbsolutePath()));
    }

    private FolderBuckets(Path root, KeyLocks locks) {
        this.root = root;
        this.folders = new Folders(root);
        this.locks = locks;
        this.failures = new Failures(root);
    }

    /// Makes the root, unless it is there, and opens it.
    public static FolderBuckets create(Path root) throws StoreException {
        try {
            Folders.makeRoot(root.toAbsolutePath());
            return new FolderBuckets(root);
        } catch (IOException e) {
            throw new Failures(root).notMade(e);
        }
    }

    /// Opens a root that several processes use, on one machine or by a network's file system that has
    /// locks. It is not made: where it is missing it is not mounted.
    public static FolderBuckets share(Path root) throws StoreException {
        Path there = root.toAbsolutePath();
        try {
            return new FolderBuckets(there, KeyLocks.shared(there));
        } catch (IOException e) {
            throw new Failures(there).of("use the folder that nodes share", e);
        }
    }

    /// The folder of [#DEFAULT] is made by its first upload.
    @Override
    public Optional<Bucket> find(AccountId account, RegionId region, BucketName name) {
        Path folder = root.resolve(region.value()).resolve(account.value()).resolve(name.value());
        boolean there =
                name.equals(DEFAULT) || Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
        return there
                ? Optional.of(new FolderBucket(folder, folders, locks, failures))
                : Optional.empty();
    }

    /// Throws away the uploads to which nothing was added since `before`.
    ///
    /// @return how many
    public int forgetUploads(Instant before) throws StoreException {
        Forgetter forgetter = new Forgetter(before);
        try {
            Files.walkFileTree(root, forgetter);
            return forgetter.forgotten;
        } catch (IOException e) {
            throw failures.of("look for unfinished uploads", e);
        }
    }

    private final class Forgetter extends SimpleFileVisitor<Path> {
        private final Instant before;
        private int forgotten;

        private Forgetter(Instant before) {
            this.before = before;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Optional<UploadFiles> upload = UploadFiles.ofPart(file);
            if (upload.isPresent() && forget(upload.get())) {
                forgotten++;
            }
            return FileVisitResult.CONTINUE;
        }

        private boolean forget(UploadFiles upload) throws IOException {
            try (KeyLocks.Held _ = locks.hold(upload.object())) {
                return upload.touched().filter(before::isAfter).isPresent() && upload.discard();
            }
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            boolean endedAsWePassed = failure instanceof NoSuchFileException;
            boolean notOurs = failure instanceof AccessDeniedException; // such as lost+found
            if (file.equals(root) || !(endedAsWePassed || notOurs)) {
                throw failure;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
