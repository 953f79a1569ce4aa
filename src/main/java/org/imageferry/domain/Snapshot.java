package org.imageferry.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The bytes of one disk at one time, kept in a region. It outlives the image that brought it.
///
/// @param bytes the exact length of the disk
/// @param digest names the whole disk; empty until the last part has come
/// @param source of which snapshot this is a copy, if it is one
/// @param key under which it is encrypted, if it is
/// @param damage what a verification found wrong with its bytes, if it did
/// @param revision counts the changes of this snapshot, from 1
public record Snapshot(
        SnapshotId id,
        AccountId account,
        RegionId region,
        SnapshotAttributes attributes,
        long bytes,
        Optional<Digest> digest,
        Instant created,
        Optional<Source> source,
        Optional<KeyVersion> key,
        Optional<String> damage,
        long revision) {

    public record Source(SnapshotId snapshot, RegionId region) {}

    /// A snapshot that is to become equal to `from`, for the disk of an image copy.
    ///
    /// @param key to encrypt it with, if it is to be encrypted
    public static Snapshot copyOf(
            Snapshot from, SnapshotId id, Image copy, Optional<KeyVersion> key) {
        return blank(
                id,
                copy,
                "copy of " + from.id(),
                from.bytes(),
                Optional.of(new Source(from.id(), from.region())),
                key);
    }

    /// A snapshot that is to become equal to `from`, for itself.
    public static Snapshot copyOf(
            Snapshot from,
            SnapshotId id,
            RegionId region,
            SnapshotAttributes attributes,
            Instant now,
            Optional<KeyVersion> key) {
        return new Snapshot(
                id,
                from.account(),
                region,
                attributes,
                from.bytes(),
                Optional.empty(),
                now,
                Optional.of(new Source(from.id(), from.region())),
                key,
                Optional.empty(),
                1);
    }

    /// A snapshot that is to become equal to a disk that `image` imports.
    ///
    /// @param key to encrypt it with, if it is to be encrypted
    public static Snapshot imported(
            SnapshotId id, Image image, long bytes, Optional<KeyVersion> key) {
        return blank(id, image, "import of " + image.id(), bytes, Optional.empty(), key);
    }

    private static Snapshot blank(
            SnapshotId id,
            Image image,
            String name,
            long bytes,
            Optional<Source> source,
            Optional<KeyVersion> key) {
        return new Snapshot(
                id,
                image.account(),
                image.region(),
                SnapshotAttributes.of(name, image.group()),
                bytes,
                Optional.empty(),
                image.created(),
                source,
                key,
                Optional.empty(),
                1);
    }

    public boolean accomplished() {
        return digest.isPresent();
    }

    /// Where its blocks are.
    public Scope scope() {
        return new Scope(account, region, key);
    }

    /// Whether all its bytes are there and nothing is known to be wrong with them.
    public boolean sound() {
        return accomplished() && damage.isEmpty();
    }

    /// When it goes by itself, if nothing needs it then.
    public Optional<Instant> expires() {
        return attributes.retentionDays().map(days -> created.plus(Duration.ofDays(days)));
    }

    public String name() {
        return attributes.name();
    }

    public Snapshot with(Digest whole) {
        return changed(attributes, Optional.of(whole), damage);
    }

    public Snapshot with(SnapshotAttributes next) {
        return changed(next, digest, damage);
    }

    /// The same snapshot with a length that has become known.
    public Snapshot with(long known) {
        return new Snapshot(
                id,
                account,
                region,
                attributes,
                known,
                digest,
                created,
                source,
                key,
                damage,
                revision);
    }

    public Snapshot withDamage(Optional<String> found) {
        return changed(attributes, digest, found);
    }

    private Snapshot changed(
            SnapshotAttributes next, Optional<Digest> nextDigest, Optional<String> nextDamage) {
        return new Snapshot(
                id,
                account,
                region,
                next,
                bytes,
                nextDigest,
                created,
                source,
                key,
                nextDamage,
                revision + 1);
    }
}
