package org.imageferry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.imageferry.ecs.client.Body;
import org.imageferry.ecs.client.BucketClient;
import org.imageferry.ecs.client.BucketClient.Arrived;
import org.imageferry.ecs.client.EcsFailure;
import org.imageferry.ecs.client.RemoteObject;
import org.imageferry.store.Extent;

/// Brings a disk's file into a bucket, extent by extent, and goes on where an earlier try stopped.
///
/// @param acknowledged what the server said has arrived: it must never forget that
record TestUpload(
        BucketClient buckets, RemoteObject object, TestDisk disk, List<Arrived> acknowledged) {
    TestUpload(BucketClient buckets, RemoteObject object, TestDisk disk) {
        this(buckets, object, disk, new ArrayList<>());
    }

    /// The same, over another connection.
    TestUpload by(BucketClient others) {
        return new TestUpload(others, object, disk, acknowledged);
    }

    /// @throws EcsFailure if the server goes meanwhile
    void run() throws EcsFailure, IOException {
        if (buckets.find(object).isPresent()) {
            return;
        }
        List<Arrived> arrived = new ArrayList<>(buckets.arrived(object, disk.length()));
        assertThat(arrived).as("what had arrived of %s", object.key()).containsAll(acknowledged);
        for (Extent extent : disk.extents()) {
            if (arrived.stream().noneMatch(it -> it.offset() == extent.offset())) {
                Body body = new Body(disk.read(extent));
                Arrived put = buckets.put(object, disk.length(), extent.offset(), body);
                acknowledged.add(put);
                arrived.add(put);
            }
        }
        buckets.close(object, disk.length(), arrived);
    }
}
