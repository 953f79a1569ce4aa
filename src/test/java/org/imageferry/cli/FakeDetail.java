package org.imageferry.cli;

import tools.jackson.databind.node.ObjectNode;

/// What DescribeImageDetail tells of an image's only disk, and of its place in the store.
final class FakeDetail {
    private FakeDetail() {}

    static void writeDisk(ObjectNode answer, FakeCloud.Image image) {
        answer.putObject("Disks")
                .putArray("Disk")
                .addObject()
                .put("SnapshotId", image.id().replace("m-", "s-"))
                .put("Bytes", image.content().length())
                .put("Digest", "ab".repeat(32))
                .put("Parts", 1)
                .put("ContentBytes", image.content().dataBytes());
        answer.putObject("Storage")
                .put("Bytes", image.content().length())
                .put("ContentBytes", image.content().dataBytes())
                .put("StoredBytes", 3 << 10)
                .put("SharedBytes", 2 << 10)
                .put("OwnBytes", 1 << 10);
    }
}
