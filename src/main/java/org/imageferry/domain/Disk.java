package org.imageferry.domain;

/// One disk of an image; its bytes are a snapshot's.
///
/// @param number 0 for the system disk, then the data disks in order
/// @param bytes the exact length of the disk
public record Disk(int number, long bytes, SnapshotId snapshot) {
    private static final long GIB = 1L << 30;

    /// The length in GiB, rounded up: the unit in which ECS states it.
    public long gib() {
        return (bytes + GIB - 1) / GIB;
    }

    /// `/dev/xvda` for the system disk, then `/dev/xvdb` and so on.
    public String device() {
        return "/dev/xvd" + (char) ('a' + number);
    }

    public String type() {
        return number == 0 ? "system" : "data";
    }
}
